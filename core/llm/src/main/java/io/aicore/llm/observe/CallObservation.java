package io.aicore.llm.observe;

import io.aicore.retry.RetryEvent;
import java.time.Duration;
import reactor.util.context.Context;

/**
 * Hears of one call, in order: its events, then its end, exactly once. Called on the threads that run the call, one at a
 * time but for a cancel or a deadline, which come from threads of their own. It must not block. What it throws is logged
 * and changes nothing for the call.
 */
public interface CallObservation {

    /** A decision of the retry. {@code SteppedAside}: another call's retry, further out, repeats this call as a whole. */
    void onEvent(RetryEvent event);

    /**
     * A further chunk with content of a stream, after the first one of its attempt. Default: nothing.
     *
     * @param gap the time since the chunk before it
     */
    default void onChunk(Duration gap) {}

    /**
     * The request of the attempt under way goes out once more at once, on a new connection: the kept one it was on was closed
     * or reset before any byte of an answer. No further attempt, and no failure for the circuit, but the provider may have
     * seen the request, and bill it, twice. Default: nothing.
     */
    default void onResend() {}

    /** The call has ended; nothing follows. */
    void ended(CallEnd end);

    /**
     * The Reactor Context an attempt runs in, asked after the event that begins it: the place to add what the code inside
     * looks for, such as the parent of its spans. Default: unchanged.
     */
    default Context attemptContext(Context context) {
        return context;
    }
}
