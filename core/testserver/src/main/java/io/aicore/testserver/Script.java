package io.aicore.testserver;

import java.io.IOException;

/** How one request is answered. Runs on the connection's own thread and may block; the ready-made ones are in {@link Scripts}. */
@FunctionalInterface
public interface Script {

    /** Answers, or fails to. When it returns with the connection open, the connection's next request is read. */
    void answer(Exchange exchange) throws IOException, InterruptedException;

    /** Whether the request's body is read before the answer; otherwise it is left for {@link Exchange#awaitClientClose}. */
    default boolean readsBody() {
        return true;
    }
}
