package io.aicore.retry;

import io.aicore.retry.RetryDecision.GiveUp;
import io.aicore.retry.RetryDecision.RetryAfter;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A failed attempt and the decision that followed it.
 *
 * @param number number of the attempt, from 1
 * @param start wall-clock time, for records
 * @param duration time from its start to its failure
 * @param failure the classification of the error
 * @param error the error
 * @param delay the delay chosen after it; null if no further attempt follows
 * @param delayWhy the reason for this delay, or for giving up
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

    /** Omits the error's message, which may quote a request. */
    @Override
    public String toString() {
        String status = failure.status() == null ? "" : " (status " + failure.status() + ")";
        String what = "attempt " + number + " failed after " + Text.seconds(duration) + ": " + failure.why() + status;
        return delay == null ? what : what + "; waited " + Text.seconds(delay) + ": " + delayWhy;
    }
}
