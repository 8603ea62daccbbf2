package io.aicore.retry;

import io.aicore.internal.Seconds;
import io.aicore.retry.RetryDecision.GiveUp;
import java.time.Duration;
import java.util.List;

/**
 * The history of a call that failed.
 *
 * @param attempt any of its attempts
 * @param took its nanoseconds
 */
record FailedCall(Attempt attempt, List<FailedAttempt> failures, GiveUp end, Duration waited, long took)
        implements RetryHistory {

    FailedCall {
        failures = List.copyOf(failures);
    }

    @Override
    public String callId() {
        return attempt.callId();
    }

    @Override
    public GiveUpReason reason() {
        return end.reason();
    }

    @Override
    public String why() {
        return end.why();
    }

    @Override
    public Duration elapsed() {
        return Duration.ofNanos(took);
    }

    @Override
    public int attempts() {
        return failures.isEmpty() ? 0 : failures.get(failures.size() - 1).number();
    }

    @Override
    public String toString() {
        return text(this);
    }

    static String text(RetryHistory history) {
        return Text.count(history.attempts(), "attempt", "attempts") + " in " + Seconds.text(history.elapsed()) + ", "
                + history.reason() + ": " + history.why();
    }
}
