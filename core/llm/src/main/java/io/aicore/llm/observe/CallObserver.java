package io.aicore.llm.observe;

import reactor.util.context.ContextView;

/**
 * Sees every call of the providers it is given to, from the beginning to the end: {@code
 * LlmConfig.builder().observer(observer)}. Shared by all calls, so safe for several threads.
 */
@FunctionalInterface
public interface CallObserver {

    /**
     * A call begins: called once per subscription, on the subscribing thread, which must not be blocked.
     *
     * @param context the caller's Reactor Context
     * @return who hears of the rest of it
     */
    CallObservation begin(CallStart start, ContextView context);
}
