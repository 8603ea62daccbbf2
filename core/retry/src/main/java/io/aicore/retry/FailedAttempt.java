package io.aicore.retry;

import io.aicore.retry.RetryDecision.GiveUp;
import io.aicore.retry.RetryDecision.RetryAfter;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An attempt that failed, and what was decided about it.
 *
 * @param number from 1
 * @param start wall clock, for records
 * @param duration from its start to its failure
 * @param failure what the failure means
 * @param error the failure itself
 * @param delay the wait chosen after it; null when there is no further attempt
 * @param delayWhy why this wait, or why none
 */
public record FailedAttempt(
        int number,
        Instant start,
        Duration duration,
        Failure failure,
        Throwable error,
        @Nullable Duration delay,
        String delayWhy) {

    FailedAttempt followedBy(RetryAfter retry) {
        return new FailedAttempt(number, start, duration, failure, error, retry.delay(), retry.why());
    }

    FailedAttempt endedBy(GiveUp end) {
        return new FailedAttempt(number, start, duration, failure, error, null, end.why());
    }

    /** Without the error's message, which may quote a request. */
    @Override
    public String toString() {
        String status = failure.status() == null ? "" : " (status " + failure.status() + ")";
        String what = "attempt " + number + " failed after " + Text.seconds(duration) + ": " + failure.why() + status;
        return delay == null ? what : what + "; waited " + Text.seconds(delay) + ": " + delayWhy;
    }
}
