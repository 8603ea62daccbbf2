package io.aicore.retry;

import reactor.util.context.ContextView;

/**
 * Hears of every decision. Called in order, on the thread that decided, so it must not block. Isolated: one that throws
 * changes nothing for the call, and the other listeners hear of it.
 */
@FunctionalInterface
public interface RetryListener {

    void onEvent(RetryEvent event);

    /** The event, with the caller's Reactor Context at hand; by default the Context is not looked at. */
    default void onEvent(RetryEvent event, ContextView context) {
        onEvent(event);
    }
}
