package io.aicore.retry;

import java.time.Duration;
import java.util.List;

/** The history of a call that failed. */
record FailedCall(
        String callId, List<FailedAttempt> failures, GiveUpReason reason, String why, Duration waited, Duration elapsed)
        implements RetryHistory {

    FailedCall {
        failures = List.copyOf(failures);
    }

    @Override
    public int attempts() {
        return failures.isEmpty() ? 0 : failures.get(failures.size() - 1).number();
    }

    @Override
    public String toString() {
        return Text.count(attempts(), "attempt", "attempts") + " in " + Text.seconds(elapsed) + ", " + reason + ": "
                + why;
    }
}
