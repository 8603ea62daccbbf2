package io.aicore.llm.observe;

import io.aicore.retry.RetryEvent;
import java.time.Duration;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * Receives the events of one call in order, then its end exactly once. Called on the threads that run the call, never
 * concurrently except for a cancel or a deadline, which come from other threads. Must not block. What it throws is
 * logged and does not affect the call.
 */
public interface CallObservation {

    /**
     * Returns the Reactor Context of the call as a whole, for what other observers look for, such as the call's span. Called
     * once when the call begins. Default: the context unchanged.
     */
    default Context callContext(Context context) {
        return context;
    }

    /**
     * Called once after all observers have begun, before the first event. Default: does nothing.
     *
     * @param context the caller's Reactor Context with what all observers added in {@link #callContext}
     */
    default void onBegin(ContextView context) {}

    /** An event of the retry. {@code SteppedAside} means that the retry of an enclosing call repeats this call. */
    void onEvent(RetryEvent event);

    /**
     * Another chunk with content of a stream, after the first one of its attempt. Default: does nothing.
     *
     * @param gap time since the previous chunk
     */
    default void onChunk(Duration gap) {}

    /**
     * The current attempt's request is sent again at once on a new connection, because its pooled connection was closed
     * or reset before any byte of a response. It is not a new attempt and no failure for the circuit, but the provider
     * may have received, and may bill, both requests. Default: does nothing.
     */
    default void onResend() {}

    /** The call has ended; no further calls follow. */
    void ended(CallEnd end);

    /**
     * Returns the Reactor Context of an attempt, requested after the event that begins it: add what the code inside
     * needs, such as the parent span. Default: unchanged.
     */
    default Context attemptContext(Context context) {
        return context;
    }
}
