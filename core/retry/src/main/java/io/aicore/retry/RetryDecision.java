package io.aicore.retry;

import java.time.Duration;

/** The decision after a failed attempt: {@link RetryAfter} or {@link GiveUp}. */
sealed interface RetryDecision {

    /** The reason in one sentence. */
    String why();

    /**
     * Another attempt after a delay.
     *
     * @param delay the delay before it
     * @param why the reason for this delay
     */
    record RetryAfter(Duration delay, String why) implements RetryDecision {}

    /**
     * No further attempt.
     *
     * @param reason the reason, for programs
     * @param why the reason in one sentence, for messages
     */
    record GiveUp(GiveUpReason reason, String why) implements RetryDecision {}
}
