package io.aicore.retry;

import io.aicore.limit.CircuitState;
import java.time.Duration;

/** A step of a call under a {@link RetryOnFailure}. Created only if there is a listener. */
public sealed interface RetryEvent {

    /** Id of the call, as in {@link Attempt#callId()}. */
    String callId();

    /** Label of the operator, see {@link RetryOnFailure#scope(String)}; empty if it has none. */
    String scope();

    /** Number of the attempt, from 1. */
    int number();

    /**
     * An attempt begins, the first one included. An attempt that the circuit refused begins again under its old number.
     */
    record AttemptStarted(String callId, String scope, Attempt attempt) implements RetryEvent {
        @Override
        public int number() {
            return attempt.number();
        }
    }

    /** An attempt failed; the next event has the decision. */
    record AttemptFailed(String callId, String scope, int number, Duration duration, Failure failure, Throwable error)
            implements RetryEvent {
        /** Omits the error's message, which may quote a request. */
        @Override
        public String toString() {
            return "AttemptFailed[callId=" + callId + ", scope=" + scope + ", number=" + number + ", duration="
                    + duration + ", failure=" + failure + ", error="
                    + error.getClass().getName() + "]";
        }
    }

    /**
     * Another attempt follows after a delay.
     *
     * @param number number of the failed attempt
     */
    record RetryScheduled(String callId, String scope, int number, Duration delay, String why) implements RetryEvent {}

    /** The next attempt waits until the circuit admits it. */
    record WaitingForCircuit(String callId, String scope, int number, String circuit, Duration delay, String why)
            implements RetryEvent {}

    /** The circuit's state changed while this call was waiting for it. */
    record CircuitChanged(String callId, String scope, int number, String circuit, CircuitState state)
            implements RetryEvent {}

    /** The call failed; the caller receives {@code error}. */
    record GaveUp(String callId, String scope, int number, RetryHistory history, GiveUpReason reason, Throwable error)
            implements RetryEvent {

        /** The reason in one sentence. */
        public String why() {
            return history.why();
        }

        /** Omits the error's message, which may quote a request. */
        @Override
        public String toString() {
            return "GaveUp[callId=" + callId + ", scope=" + scope + ", number=" + number + ", history=" + history
                    + ", error=" + error.getClass().getName() + "]";
        }
    }

    /**
     * The call succeeded. Emitted by {@link RetryOnFailure#protect} only: a plain {@code retryWhen} does not see
     * success.
     */
    record Succeeded(String callId, String scope, int number, Duration waited, Duration elapsed)
            implements RetryEvent {}

    /**
     * The caller cancelled.
     *
     * @param waiting whether the call was waiting between attempts; under a plain {@code retryWhen} only this case is
     *     reported
     */
    record Cancelled(String callId, String scope, int number, boolean waiting) implements RetryEvent {}

    /** This operator runs inside the attempt of another one and leaves retrying to the outer one. */
    record SteppedAside(String callId, String scope, int number) implements RetryEvent {}

    /** A classifier, predicate, finisher or other user code threw; the failure under decision is final. */
    record ClassifierFailed(String callId, String scope, int number, Throwable thrown) implements RetryEvent {}

    /** Another listener threw. */
    record ListenerFailed(String callId, String scope, int number, Throwable thrown) implements RetryEvent {}
}
