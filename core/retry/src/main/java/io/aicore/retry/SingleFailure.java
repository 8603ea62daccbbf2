package io.aicore.retry;

import io.aicore.retry.RetryDecision.GiveUp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The history of a call that ended with the failure of its first attempt, which it makes when somebody asks for it.
 *
 * @param failedAt on the wall clock
 * @param took nanoseconds of the attempt, and so of the call
 */
record SingleFailure(Attempt attempt, Instant failedAt, long took, Failure failure, Throwable error, GiveUp end)
        implements RetryHistory {

    @Override
    public String callId() {
        return attempt.callId();
    }

    @Override
    public List<FailedAttempt> failures() {
        return List.of(new AttemptFailure(attempt.number(), failedAt, took, failure, error, end));
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
    public Duration waited() {
        return Duration.ZERO;
    }

    @Override
    public Duration elapsed() {
        return Duration.ofNanos(took);
    }

    @Override
    public int attempts() {
        return attempt.number();
    }

    @Override
    public String toString() {
        return FailedCall.text(this);
    }
}
