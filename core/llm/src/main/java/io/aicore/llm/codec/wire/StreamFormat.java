package io.aicore.llm.codec.wire;

import io.aicore.llm.codec.json.JsonDocuments;
import io.aicore.llm.codec.json.TextForm;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** How a protocol cuts its streams into events. Immutable; free of I/O. */
public interface StreamFormat {

    /** Server-sent events, as nearly every host streams; each JSON document in the data of one is an event. */
    static StreamFormat serverSentEvents() {
        return SimpleFormat.SERVER_SENT_EVENTS;
    }

    /** JSON documents one behind the other, such as one a line (NDJSON); each is an event without a type. */
    static StreamFormat jsonLines() {
        return SimpleFormat.JSON_LINES;
    }

    /**
     * The format of this body, where it is a stream and no single answer: server-sent events, or several JSON objects one
     * behind the other; null if it is neither.
     */
    static @Nullable StreamFormat of(byte[] body) {
        TextForm form = TextForm.of(body);
        if (form == TextForm.SERVER_SENT_EVENTS) {
            return serverSentEvents();
        }
        return form == TextForm.JSON && JsonDocuments.several(body) ? jsonLines() : null;
    }

    /**
     * Whether it is text, so that the first bytes of a body decide: server-sent events and JSON are read as what they are,
     * whatever the content type. Default: no, the content type alone decides.
     */
    default boolean isText() {
        return false;
    }

    /**
     * Whether a 2xx answer of this content type is such a stream; any other is read as a whole. An answer without a
     * content type is taken for a stream. Of text, only where the first bytes do not decide.
     *
     * @param mediaType in lower case, without parameters
     */
    boolean matches(String mediaType);

    /**
     * A new framing, for one stream.
     *
     * @param maxBytes the most that one line, frame or event may have
     * @param tooLong what to throw when there is more
     */
    Framing framing(int maxBytes, Supplier<? extends RuntimeException> tooLong);
}
