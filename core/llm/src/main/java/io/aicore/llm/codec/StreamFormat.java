package io.aicore.llm.codec;

import java.util.function.Supplier;

/** How a protocol cuts its streams into events. Immutable; free of I/O. */
public interface StreamFormat {

    /** Server-sent events, as nearly every host streams. */
    static StreamFormat serverSentEvents() {
        return SimpleFormat.SERVER_SENT_EVENTS;
    }

    /** A JSON value a line (NDJSON); each line is an event without a type. */
    static StreamFormat jsonLines() {
        return SimpleFormat.JSON_LINES;
    }

    /**
     * Whether a 2xx answer of this content type is such a stream; any other is read as a whole. An answer without a
     * content type is taken for a stream.
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
