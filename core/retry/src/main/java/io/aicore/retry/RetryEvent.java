package io.aicore.retry;

import io.aicore.limit.CircuitState;
import java.time.Duration;

/** One decision of a {@link RetryOnFailure}. Made only when somebody listens. */
public sealed interface RetryEvent {

    /** The call, as in {@link Attempt#callId()}. */
    String callId();

    /** The operator's label, see {@link RetryOnFailure#scope(String)}; empty when it has none. */
    String scope();

    /** The attempt it is about, from 1. */
    int number();

    /** An attempt begins; the first one too. One that the circuit refused begins again under its old number. */
    record AttemptStarted(String callId, String scope, Attempt attempt) implements RetryEvent {
        @Override
        public int number() {
            return attempt.number();
        }
    }

    /** An attempt failed; what follows is told by the next event. */
    record AttemptFailed(String callId, String scope, int number, Duration duration, Failure failure, Throwable error)
            implements RetryEvent {
        /** Without the error's message, which may quote a request. */
        @Override
        public String toString() {
            return "AttemptFailed[callId=" + callId + ", scope=" + scope + ", number=" + number + ", duration="
                    + duration + ", failure=" + failure + ", error="
                    + error.getClass().getName() + "]";
        }
    }

    /**
     * Another attempt follows after a wait.
     *
     * @param number the failed attempt
     */
    record RetryScheduled(String callId, String scope, int number, Duration delay, String why) implements RetryEvent {}

    /** The next attempt waits for the circuit to let it through. */
    record WaitingForCircuit(String callId, String scope, int number, String circuit, Duration delay, String why)
            implements RetryEvent {}

    /** The circuit changed while this call was waiting for it. */
    record CircuitChanged(String callId, String scope, int number, String circuit, CircuitState state)
            implements RetryEvent {}

    /** The call failed: {@code error} goes to the caller. */
    record GaveUp(String callId, String scope, int number, RetryHistory history, GiveUpReason reason, Throwable error)
            implements RetryEvent {

        /** The reason in a plain sentence. */
        public String why() {
            return history.why();
        }

        /** Without the error's message, which may quote a request. */
        @Override
        public String toString() {
            return "GaveUp[callId=" + callId + ", scope=" + scope + ", number=" + number + ", history=" + history
                    + ", error=" + error.getClass().getName() + "]";
        }
    }

    /** The call has its result. Told by {@link RetryOnFailure#protect} only: a plain {@code retryWhen} does not know. */
    record Succeeded(String callId, String scope, int number, Duration waited, Duration elapsed)
            implements RetryEvent {}

    /**
     * The caller went away.
     *
     * @param waiting whether it did so during a wait between attempts. A plain {@code retryWhen} tells of this case only
     */
    record Cancelled(String callId, String scope, int number, boolean waiting) implements RetryEvent {}

    /** This operator found itself inside another one's attempt and leaves retrying to that one. */
    record SteppedAside(String callId, String scope, int number) implements RetryEvent {}

    /** A classifier, predicate, finisher or other part of the caller's threw: the failure it was asked about is final. */
    record ClassifierFailed(String callId, String scope, int number, Throwable thrown) implements RetryEvent {}

    /** Another listener threw. */
    record ListenerFailed(String callId, String scope, int number, Throwable thrown) implements RetryEvent {}
}
