package io.aicore.llm.http;

import io.aicore.llm.codec.wire.StreamFormat;
import io.aicore.llm.codec.wire.WireEvent;
import io.aicore.llm.codec.wire.WireResponse;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;

/**
 * Reads the response to a streaming request. One of {@link #response} and {@link #events} is called, once, on the event
 * loop; it must not block. An error of the publisher it returns reaches the caller unchanged.
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
    Publisher<T> response(WireResponse whole);

    /**
     * Reads an event stream.
     *
     * @param head status and headers; the body is empty
     * @param events allows one subscriber; completes when the connection has ended, with or without the protocol's last
     *     event; the complete part of an unfinished event is emitted
     */
    Publisher<T> events(WireResponse head, Flux<WireEvent> events);
}
