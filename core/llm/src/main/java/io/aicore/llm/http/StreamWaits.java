package io.aicore.llm.http;

import java.time.Duration;

/** The transport's timeouts for a stream, read when each wait begins, and a callback for the first byte. */
public interface StreamWaits {

    /** Timeout of the first byte of the body, from the sending of the request. */
    Duration firstToken();

    /** Longest silence after that; read at each wait, because it may change with the first content. */
    Duration idle();

    /**
     * The first byte of the body has arrived. Called once per exchange, on the connection's event loop; must not block.
     */
    void alive();

    /** Fixed timeouts, without a callback. */
    static StreamWaits of(StreamTimeouts timeouts) {
        return new StreamWaits() {
            @Override
            public Duration firstToken() {
                return timeouts.firstToken();
            }

            @Override
            public Duration idle() {
                return timeouts.idle();
            }

            @Override
            public void alive() {}
        };
    }
}
