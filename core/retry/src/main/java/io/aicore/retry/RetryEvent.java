package io.aicore.retry;

import io.aicore.limit.AdmissionEvent;
import io.aicore.limit.AdmissionEvent.WaitBegan;
import io.aicore.limit.AdmissionEvent.WaitEnded;
import io.aicore.limit.AdmissionLane;
import io.aicore.limit.CircuitState;
import java.time.Duration;

/**
 * A step of a call under a {@link RetryOnFailure}. Created only if there is a listener, and only by the operator; tests
 * of a listener may implement one.
 */
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
    non-sealed interface AttemptStarted extends RetryEvent {
        Attempt attempt();

        @Override
        default int number() {
            return attempt().number();
        }
    }

    /** An attempt failed; the next event has the decision. Its text omits the error's message. */
    non-sealed interface AttemptFailed extends RetryEvent {
        Duration duration();

        Failure failure();

        Throwable error();
    }

    /** Another attempt follows after a delay. {@link #number()} is that of the failed attempt. */
    non-sealed interface RetryScheduled extends RetryEvent {
        Duration delay();

        String why();
    }

    /** The next attempt waits until the circuit admits it. */
    non-sealed interface WaitingForCircuit extends RetryEvent {
        String circuit();

        Duration delay();

        String why();
    }

    /** The circuit's state changed while this call was waiting for it. */
    non-sealed interface CircuitChanged extends RetryEvent {
        String circuit();

        CircuitState state();
    }

    /**
     * The attempt, which has begun, waits in an {@link AdmissionLane} before it is sent: its {@link #event()} is
     * {@link WaitBegan}, later {@link WaitEnded} unless the caller leaves. None for an attempt that is admitted at once, nor
     * for the first attempt under a plain {@code retryWhen}.
     */
    non-sealed interface Admission extends RetryEvent {
        AdmissionEvent event();

        /** What happens to the attempt, as in {@code waits at least 1.8 s for admission: the gate of the rate limit is closed}. */
        String why();
    }

    /** The call failed; the caller receives {@link #error()}. Its text omits the error's message. */
    non-sealed interface GaveUp extends RetryEvent {
        RetryHistory history();

        GiveUpReason reason();

        Throwable error();

        /** The reason in one sentence. */
        default String why() {
            return history().why();
        }
    }

    /**
     * The call succeeded. Emitted by {@link RetryOnFailure#protect} only: a plain {@code retryWhen} does not see
     * success.
     */
    non-sealed interface Succeeded extends RetryEvent {
        Duration waited();

        Duration elapsed();
    }

    /** The caller cancelled. */
    non-sealed interface Cancelled extends RetryEvent {
        /**
         * Whether the call was waiting between attempts; under a plain {@code retryWhen} only this case is reported.
         */
        boolean waiting();
    }

    /** This operator runs inside the attempt of another one and leaves retrying to the outer one. */
    non-sealed interface SteppedAside extends RetryEvent {}

    /** A classifier, predicate, mapper or other user code threw; the failure under decision is final. */
    non-sealed interface ClassifierFailed extends RetryEvent {
        Throwable thrown();
    }

    /** Another listener threw. */
    non-sealed interface ListenerFailed extends RetryEvent {
        Throwable thrown();
    }
}
