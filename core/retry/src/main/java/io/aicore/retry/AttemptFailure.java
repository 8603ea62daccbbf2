package io.aicore.retry;

import io.aicore.retry.RetryDecision.GiveUp;
import io.aicore.retry.RetryDecision.RetryAfter;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A failed attempt; {@code delayWhy} is empty until the decision. */
record AttemptFailure(
        int number,
        Instant start,
        Duration duration,
        Failure failure,
        Throwable error,
        @Nullable Duration delay,
        String delayWhy)
        implements FailedAttempt {

    AttemptFailure followedBy(RetryAfter retry) {
        return new AttemptFailure(number, start, duration, failure, error, retry.delay(), retry.why());
    }

    AttemptFailure endedBy(GiveUp end) {
        return new AttemptFailure(number, start, duration, failure, error, null, end.why());
    }

    /** Omits the error's message, which may quote a request. */
    @Override
    public String toString() {
        String status = failure.status() == null ? "" : " (status " + failure.status() + ")";
        String what = "attempt " + number + " failed after " + Text.seconds(duration) + ": " + failure.why() + status;
        return delay == null ? what : what + "; waited " + Text.seconds(delay) + ": " + delayWhy;
    }
}
