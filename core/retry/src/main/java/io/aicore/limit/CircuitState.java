package io.aicore.limit;

import java.util.Locale;

/** What a circuit breaker does with the next call. */
public enum CircuitState {
    /** Every call is admitted. */
    CLOSED,
    /** No call is admitted until the open time is over. */
    OPEN,
    /** One probe is admitted; its outcome decides. */
    HALF_OPEN;

    /** The name in lower case, as in {@code half_open}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
