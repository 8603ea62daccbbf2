package io.aicore.limit;

/**
 * One more condition of admission that the caller adds, such as a latch for a rejected credential. Asked last, when
 * everything else admits the attempt.
 */
@FunctionalInterface
public interface AdmissionStage {

    /** No further condition. */
    AdmissionStage NONE = () -> outcome -> {};

    /** Returns the pass of one attempt; throws what the call fails with if it is not admitted. Must not block. */
    Pass enter();

    /** Receives the outcome of the attempt, once. */
    @FunctionalInterface
    interface Pass {
        void end(AttemptOutcome outcome);
    }
}
