package io.aicore.bedrock;

import io.aicore.llm.codec.wire.Framing;
import io.aicore.llm.codec.wire.StreamFormat;
import java.util.function.Supplier;

/**
 * {@code application/vnd.amazon.eventstream}: binary frames, of which each says its type in a header and has JSON as its
 * payload.
 */
final class EventStream implements StreamFormat {

    static final String MEDIA_TYPE = "application/vnd.amazon.eventstream";

    /** The type of an event for an unreadable frame; its data has the reason. */
    static final String BROKEN = ":broken";

    /** What the type of a failure the service models begins with, before the exception's name. */
    static final String EXCEPTION = ":exception:";

    /** What the type of a failure the service does not model begins with, before its code. */
    static final String ERROR = ":error:";

    @Override
    public boolean matches(String mediaType) {
        return mediaType.equals(MEDIA_TYPE);
    }

    @Override
    public Framing framing(int maxBytes, Supplier<? extends RuntimeException> tooLong) {
        return new EventFrames(maxBytes, tooLong);
    }
}
