package io.aicore.llm.codec.wire;

import io.aicore.llm.codec.json.JsonDocuments;
import io.aicore.llm.codec.json.TextForm;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The framing of a protocol's streams. Immutable; free of I/O. */
public interface StreamFormat {

    /** Server-sent events, which nearly every host uses; each JSON document in the data of one is an event. */
    static StreamFormat serverSentEvents() {
        return SimpleFormat.SERVER_SENT_EVENTS;
    }

    /**
     * A sequence of JSON documents, such as one per line (NDJSON), or one array of objects; each is an event without a
     * type.
     */
    static StreamFormat jsonLines() {
        return SimpleFormat.JSON_LINES;
    }

    /**
     * The format of this body if it is a stream and no single answer: server-sent events, or several JSON objects, also
     * as an array; null otherwise.
     */
    static @Nullable StreamFormat of(byte[] body) {
        TextForm form = TextForm.of(body);
        if (form == TextForm.SERVER_SENT_EVENTS) {
            return serverSentEvents();
        }
        return form == TextForm.JSON && JsonDocuments.several(body) ? jsonLines() : null;
    }

    /**
     * Whether it is a text format, so that the first bytes of a body decide: server-sent events and JSON are detected
     * whatever the content type. Default: no, the content type decides.
     */
    default boolean isText() {
        return false;
    }

    /**
     * Whether a 2xx response of this content type is such a stream; any other is read as a whole. A response without a
     * content type counts as a stream. For text formats, used only if the first bytes do not decide.
     *
     * @param mediaType in lower case, without parameters
     */
    boolean matches(String mediaType);

    /**
     * Creates a framing for one stream.
     *
     * @param maxBytes maximum size of a line, frame or event
     * @param tooLong creates the exception for a larger one
     */
    Framing framing(int maxBytes, Supplier<? extends RuntimeException> tooLong);
}
