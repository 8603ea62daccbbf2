package io.aicore.retry;

import java.util.Locale;

/** Why a call ended without a result. */
public enum GiveUpReason {
    /** Another attempt would fail the same way, or would repeat what the caller has already received. */
    NOT_RETRYABLE,
    /** All retries that the settings allow were made. */
    RETRIES_EXHAUSTED,
    /** The deadline has passed, or would pass during the next wait. */
    DEADLINE,
    /** The retry budget is spent. */
    BUDGET,
    /** The circuit is open and the wait for its next probe would be too long. */
    CIRCUIT_OPEN,
    /** The wait for admission would be too long, or too many calls wait already; see {@code AdmissionRejectedException}. */
    NOT_ADMITTED,
    /** The server requested a delay over {@code maxServerDelay} or past the deadline. */
    RETRY_AFTER_TOO_LONG,
    /** The caller cancelled. */
    CANCELLED;

    /** The name in lower case, as in {@code retries_exhausted}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
