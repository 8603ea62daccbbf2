package io.aicore.limit;

/** What one attempt says about the health of the provider behind a {@link CircuitBreaker}. */
public enum Outcome {
    /** The provider did what was asked. Counts as a call; closes a half-open circuit. */
    SUCCESS,
    /**
     * The provider answered with something that proves it is up (a 400, 401, 404, 429). Counts as a call that did not
     * fail; closes a half-open circuit.
     */
    ALIVE,
    /** The provider is down, overloaded or hanging. Counts as a failed call; opens a half-open circuit again. */
    FAILURE,
    /** Says nothing (the caller cancelled, we refused it ourselves). Counts as nothing; a probe's lease goes back. */
    IGNORED
}
