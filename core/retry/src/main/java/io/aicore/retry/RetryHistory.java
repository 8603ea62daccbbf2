package io.aicore.retry;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What happened in a call that a {@link RetryOnFailure} gave up on. Immutable, attached to the error; read it with
 * {@link #of(Throwable)}.
 */
public interface RetryHistory {

    /**
     * Returns the history attached to this error or to the nearest of its causes that has one; empty if no
     * {@link RetryOnFailure} gave up on it. If several calls share one exception instance, it is the history of the
     * call that gave up last.
     */
    static Optional<RetryHistory> of(Throwable error) {
        return Optional.ofNullable(GivenUp.on(error)).map(GivenUp::history);
    }

    /** Id of the call, as in {@link Attempt#callId()}. */
    String callId();

    /** The failed attempts, oldest first, at most the last 16. */
    List<FailedAttempt> failures();

    /** Why no further attempt was made. */
    GiveUpReason reason();

    /** The reason in one sentence. */
    String why();

    /** Total wait between attempts. */
    Duration waited();

    /** Time from subscription to the end. */
    Duration elapsed();

    /** Total number of attempts, including those no longer in {@link #failures()}. */
    int attempts();
}
