package io.aicore.retry;

import io.aicore.limit.AdmissionEvent;
import io.aicore.limit.CircuitState;
import java.time.Duration;

/** The events that the operator makes. */
final class RetryEvents {

    private RetryEvents() {}

    record AttemptStarted(String callId, String scope, Attempt attempt) implements RetryEvent.AttemptStarted {}

    record AttemptFailed(String callId, String scope, int number, Duration duration, Failure failure, Throwable error)
            implements RetryEvent.AttemptFailed {
        /** Omits the error's message, which may quote a request. */
        @Override
        public String toString() {
            return "AttemptFailed[callId=" + callId + ", scope=" + scope + ", number=" + number + ", duration="
                    + duration + ", failure=" + failure + ", error="
                    + error.getClass().getName() + "]";
        }
    }

    record RetryScheduled(String callId, String scope, int number, Duration delay, String why)
            implements RetryEvent.RetryScheduled {}

    record WaitingForCircuit(String callId, String scope, int number, String circuit, Duration delay, String why)
            implements RetryEvent.WaitingForCircuit {}

    record CircuitChanged(String callId, String scope, int number, String circuit, CircuitState state)
            implements RetryEvent.CircuitChanged {}

    record Admission(String callId, String scope, int number, AdmissionEvent event, String why)
            implements RetryEvent.Admission {}

    record GaveUp(String callId, String scope, int number, RetryHistory history, GiveUpReason reason, Throwable error)
            implements RetryEvent.GaveUp {
        /** Omits the error's message, which may quote a request. */
        @Override
        public String toString() {
            return "GaveUp[callId=" + callId + ", scope=" + scope + ", number=" + number + ", history=" + history
                    + ", error=" + error.getClass().getName() + "]";
        }
    }

    record Succeeded(String callId, String scope, int number, Duration waited, Duration elapsed)
            implements RetryEvent.Succeeded {}

    record Cancelled(String callId, String scope, int number, boolean waiting) implements RetryEvent.Cancelled {}

    record SteppedAside(String callId, String scope, int number) implements RetryEvent.SteppedAside {}

    record ClassifierFailed(String callId, String scope, int number, Throwable thrown)
            implements RetryEvent.ClassifierFailed {}

    record ListenerFailed(String callId, String scope, int number, Throwable thrown)
            implements RetryEvent.ListenerFailed {}
}
