package io.aicore.limit;

/** What a circuit breaker does with the next call. */
public enum CircuitState {
    /** Every call passes. */
    CLOSED,
    /** No call passes until the open time is over. */
    OPEN,
    /** One leased probe passes; its outcome decides. */
    HALF_OPEN
}
