package io.aicore.limit;

/** Which calls an open circuit refuses. */
public enum CircuitMode {
    /** Every call. */
    NORMAL,
    /**
     * Only retries; first attempts are always sent. No call is refused after a short outage, at the price of one
     * attempt per call during the outage.
     */
    SOFT
}
