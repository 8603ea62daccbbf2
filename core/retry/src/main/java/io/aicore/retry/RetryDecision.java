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

    /** No further attempt. */
    sealed interface GiveUp extends RetryDecision {

        /** The reason, for programs. */
        GiveUpReason reason();

        static GiveUp because(GiveUpReason reason, String why) {
            return new Decided(reason, why);
        }

        /** An attempt was not sent; the refusal's message is the sentence, and is made when somebody asks for it. */
        static GiveUp notSent(GiveUpReason reason, Throwable refusal) {
            return new NotSent(reason, refusal);
        }
    }

    /**
     * A decision of the policy, or of the call.
     *
     * @param why the reason in one sentence, for messages
     */
    record Decided(GiveUpReason reason, String why) implements GiveUp {}

    /** A decision of what the attempt had to pass. */
    record NotSent(GiveUpReason reason, Throwable refusal) implements GiveUp {
        @Override
        public String why() {
            return String.valueOf(refusal.getMessage());
        }
    }
}
