package io.aicore.limit;

/** The result of one attempt, in terms of the health of the provider behind a {@link CircuitBreaker}. */
public enum Outcome {
    /** The provider did what was requested. Counts as a successful call; closes a half-open circuit. */
    SUCCESS,
    /**
     * The provider responded with an error that proves it is up (400, 401, 404, 429). Counts as a successful call;
     * closes a half-open circuit.
     */
    ALIVE,
    /** The provider is down, overloaded or hanging. Counts as a failed call; opens a half-open circuit again. */
    FAILURE,
    /**
     * Not attributable to the provider (the caller cancelled, the call was refused locally). Not counted; a probe's
     * lease is released.
     */
    IGNORED
}
