package io.aicore.llm.http;

import java.time.Duration;

/** How long the transport waits for a stream, asked when it begins to wait, and who hears of the first sign of life. */
public interface StreamWaits {

    /** How long the first byte of the body may take, from the sending of the request on. */
    Duration firstToken();

    /** How long the stream may be silent after that; asked at each wait, as it may change with the first content. */
    Duration idle();

    /** The first byte of the body has come. Called once per exchange, on the connection's event loop; must not block. */
    void alive();

    /** Waits that nothing changes, and of which nobody hears. */
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
