package io.aicore.retry;

import io.aicore.internal.Seconds;
import io.aicore.retry.RetryDecision.RetryAfter;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A failed attempt and the decision that followed it.
 *
 * @param end when it failed, on the wall clock
 * @param took its nanoseconds
 */
record AttemptFailure(int number, Instant end, long took, Failure failure, Throwable error, RetryDecision decision)
        implements FailedAttempt {

    @Override
    public Instant start() {
        return end.minusNanos(took);
    }

    @Override
    public Duration duration() {
        return Duration.ofNanos(took);
    }

    @Override
    public @Nullable Duration delay() {
        return decision instanceof RetryAfter retry ? retry.delay() : null;
    }

    @Override
    public String delayWhy() {
        return decision.why();
    }

    /** Omits the error's message, which may quote a request. */
    @Override
    public String toString() {
        String status = failure.status() == null ? "" : " (status " + failure.status() + ")";
        String what = "attempt " + number + " failed after " + Seconds.text(duration()) + ": " + failure.why() + status;
        Duration delay = delay();
        return delay == null ? what : what + "; waited " + Seconds.text(delay) + ": " + delayWhy();
    }
}
