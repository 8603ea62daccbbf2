package io.aicore.retry;

import java.time.Duration;

/** What follows a failed attempt. */
public sealed interface RetryDecision {

    /** In a plain sentence. */
    String why();

    /**
     * Another attempt.
     *
     * @param delay the wait before it
     * @param why why it waits this long
     */
    record RetryAfter(Duration delay, String why) implements RetryDecision {}

    /**
     * No further attempt.
     *
     * @param reason for programs
     * @param why for people
     */
    record GiveUp(GiveUpReason reason, String why) implements RetryDecision {}
}
