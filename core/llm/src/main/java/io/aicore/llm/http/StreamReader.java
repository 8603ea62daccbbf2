package io.aicore.llm.http;

import io.aicore.llm.codec.wire.StreamFormat;
import io.aicore.llm.codec.wire.WireEvent;
import io.aicore.llm.codec.wire.WireResponse;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;

/**
 * What to make of the answer to a request for a stream. One of {@link #response} and {@link #events} is called, once, on the event loop; it
 * must not block. A failure of the publisher it returns reaches the caller as it is.
 */
public interface StreamReader<T> {

    /** What an event stream looks like. Default: server-sent events. */
    default StreamFormat format() {
        return StreamFormat.serverSentEvents();
    }

    /** Told of status and headers as soon as they are here, before one of the others. Default: does nothing. */
    default void head(WireResponse head) {}

    /** For an answer that is no event stream: any status but 2xx, or a 2xx that is a whole answer. The body is whole. */
    Publisher<T> response(WireResponse whole);

    /**
     * For an event stream.
     *
     * @param head status and headers; the body is empty
     * @param events one subscriber; completes when the connection has ended, whether or not the protocol's last event has
     *     come; of an event that was not finished by then, what is whole comes
     */
    Publisher<T> events(WireResponse head, Flux<WireEvent> events);
}
