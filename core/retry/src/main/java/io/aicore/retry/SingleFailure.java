package io.aicore.retry;

import io.aicore.retry.RetryDecision.GiveUp;
import java.time.Duration;
import java.util.List;

/** The history of a call that ended with the failure of its first attempt. */
record SingleFailure(Attempt attempt, AttemptFailure failure, GiveUp end) implements RetryHistory {

    @Override
    public String callId() {
        return attempt.callId();
    }

    @Override
    public List<FailedAttempt> failures() {
        return List.of(failure);
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
        return failure.duration();
    }

    @Override
    public int attempts() {
        return failure.number();
    }

    @Override
    public String toString() {
        return FailedCall.text(this);
    }
}
