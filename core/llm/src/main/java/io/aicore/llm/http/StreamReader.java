package io.aicore.llm.http;

import io.aicore.llm.codec.wire.StreamFormat;
import io.aicore.llm.codec.wire.WireResponse;
import java.util.List;

/**
 * Reads the response to a streaming request. One of {@link #response} and {@link #events} is called, once, on the event
 * loop; it must not block. What it throws reaches the caller unchanged.
 */
public interface StreamReader<T> {

    /** The format of an event stream. Default: server-sent events. */
    default StreamFormat format() {
        return StreamFormat.serverSentEvents();
    }

    /** Receives status and headers on arrival, before one of the other methods is called. Default: does nothing. */
    default void head(WireResponse head) {}

    /**
     * Reads a response that is not an event stream: any status but 2xx, or a 2xx with a whole answer. The body is
     * complete.
     */
    List<T> response(WireResponse whole);

    /**
     * Starts to read an event stream.
     *
     * @param head status and headers; the body is empty
     */
    EventReader<T> events(WireResponse head);
}
