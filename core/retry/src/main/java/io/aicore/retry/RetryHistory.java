package io.aicore.retry;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What happened in a call that a {@link RetryOnFailure} gave up on. Attached to the error; read it with
 * {@link #of(Throwable)}.
 *
 * @param callId id of the call, as in {@link Attempt#callId()}
 * @param failures the failed attempts, oldest first, at most the last 16
 * @param reason why no further attempt was made; null while the call is in progress
 * @param why the reason in one sentence
 * @param waited total wait between attempts
 * @param elapsed time from subscription to the end
 */
public record RetryHistory(
        String callId,
        List<FailedAttempt> failures,
        @Nullable GiveUpReason reason,
        String why,
        Duration waited,
        Duration elapsed) {

    public RetryHistory {
        failures = List.copyOf(failures);
    }

    /**
     * Returns the history attached to this error or to the nearest of its causes that has one; empty if no
     * {@link RetryOnFailure} gave up on it. If several calls share one exception instance, it is the history of the
     * call that gave up last.
     */
    public static Optional<RetryHistory> of(Throwable error) {
        return GivenUp.on(error).map(GivenUp::history);
    }

    /** Total number of attempts, including those no longer in {@link #failures()}. */
    public int attempts() {
        return failures.isEmpty() ? 0 : failures.get(failures.size() - 1).number();
    }

    @Override
    public String toString() {
        String ended = reason == null ? "" : ", " + reason;
        return Text.count(attempts(), "attempt", "attempts") + " in " + Text.seconds(elapsed) + ended + ": " + why;
    }
}
