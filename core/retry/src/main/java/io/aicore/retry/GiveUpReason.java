package io.aicore.retry;

/** Why a call ended without a result. */
public enum GiveUpReason {
    /** Another attempt would fail the same way, or would repeat what the caller already received. */
    NOT_RETRYABLE,
    /** As many retries as the settings allow were made. */
    RETRIES_EXHAUSTED,
    /** The deadline passed, or would pass during the next wait. */
    DEADLINE,
    /** The retry budget is spent. */
    BUDGET,
    /** The circuit is open, and waiting for its next probe would take too long. */
    CIRCUIT_OPEN,
    /** The server asked for a wait over {@code maxServerDelay} or past the deadline. */
    HINT_TOO_LONG,
    /** The caller went away. */
    CANCELLED
}
