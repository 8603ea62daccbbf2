package io.aicore.retry;

import reactor.util.context.ContextView;

/**
 * Receives each step of a call as an event, in order, on the thread that made the decision; must not block. If it
 * throws, the call continues unchanged and the other listeners receive a {@link RetryEvent.ListenerFailed}.
 */
@FunctionalInterface
public interface RetryListener {

    void onEvent(RetryEvent event);

    /** Receives the event with the caller's Reactor Context; by default the Context is ignored. */
    default void onEvent(RetryEvent event, ContextView context) {
        onEvent(event);
    }
}
