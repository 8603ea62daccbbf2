package io.aicore.llm.observe;

import reactor.util.context.ContextView;

/**
 * Observes every call of a provider from start to end: {@code LlmConfig.builder().observer(observer)}. Shared by all
 * calls, so it must be thread-safe.
 */
@FunctionalInterface
public interface CallObserver {

    /**
     * A call begins. Called once per subscription, on the subscribing thread; must not block.
     *
     * @param context the caller's Reactor Context
     * @return receives the events of this call
     */
    CallObservation begin(CallStart start, ContextView context);
}
