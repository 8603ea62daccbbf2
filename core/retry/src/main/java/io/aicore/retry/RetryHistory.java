package io.aicore.retry;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a call went that a {@link RetryOnFailure} gave up on. It travels on the error: {@link #of(Throwable)}.
 *
 * @param callId the call, as in {@link Attempt#callId()}
 * @param failures the failed attempts, oldest first, the last 16
 * @param reason why there was no further attempt; null while the call goes on
 * @param why the same in a plain sentence
 * @param waited between attempts, together
 * @param elapsed from subscription to the end
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
     * The history on this error, or on the nearest of its causes that has one; empty when no {@link RetryOnFailure} gave
     * up on it. On an instance that several calls share, the history is that of the last one to give up.
     */
    public static Optional<RetryHistory> of(Throwable error) {
        return GivenUp.on(error).map(GivenUp::history);
    }

    /** How many attempts were made, the forgotten ones included. */
    public int attempts() {
        return failures.isEmpty() ? 0 : failures.get(failures.size() - 1).number();
    }

    @Override
    public String toString() {
        String ended = reason == null ? "" : ", " + reason;
        return Text.count(attempts(), "attempt", "attempts") + " in " + Text.seconds(elapsed) + ended + ": " + why;
    }
}
