package io.aicore.retry;

import io.aicore.internal.Seconds;
import io.aicore.limit.AdmissionEvent;
import io.aicore.limit.AdmissionEvent.WaitBegan;
import io.aicore.limit.AdmissionEvent.WaitEnded;
import io.aicore.limit.CircuitState;
import io.aicore.limit.Guard;
import io.aicore.retry.RetryDecision.RetryAfter;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.util.Logger;
import reactor.util.Loggers;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * Sends events to the listeners of one call. Listeners are isolated from each other and from the call. Without
 * listeners no event is created.
 */
record Events(List<RetryListener> listeners, String callId, String scope, ContextView context) {

    private static final Logger LOG = Loggers.getLogger(RetryOnFailure.class);
    private static final Events UNHEARD = new Events(List.of(), "", "", Context.empty());

    static Events of(Plan plan, Attempt first, ContextView context) {
        return plan.listeners.isEmpty() ? UNHEARD : new Events(plan.listeners, first.callId(), plan.scope, context);
    }

    boolean heard() {
        return !listeners.isEmpty();
    }

    void started(Attempt attempt) {
        if (heard()) {
            tell(new RetryEvents.AttemptStarted(callId, scope, attempt));
        }
    }

    void failed(int number, long took, Failure failure, Throwable error) {
        if (heard()) {
            tell(new RetryEvents.AttemptFailed(callId, scope, number, Duration.ofNanos(took), failure, error));
        }
    }

    void scheduled(int failed, RetryAfter retry) {
        if (heard()) {
            tell(new RetryEvents.RetryScheduled(callId, scope, failed, retry.delay(), retry.why()));
        }
    }

    void waitingForCircuit(int next, String circuit, Duration delay) {
        if (heard()) {
            String why = "circuit '" + circuit + "' lets nothing through for " + Seconds.text(delay);
            tell(new RetryEvents.WaitingForCircuit(callId, scope, next, circuit, delay, why));
        }
    }

    void admission(int number, AdmissionEvent event) {
        if (heard()) {
            tell(new RetryEvents.Admission(callId, scope, number, event, why(event)));
        }
    }

    private static String why(AdmissionEvent event) {
        if (event instanceof WaitBegan wait) {
            String least = wait.expected().isZero() ? "" : " at least " + Seconds.text(wait.expected());
            return "waits" + least + " for admission: " + wait.reason().why();
        }
        return event instanceof WaitEnded wait
                ? (wait.admitted() ? "admitted" : "not admitted") + " after " + Seconds.text(wait.waited())
                : event.getClass().getSimpleName();
    }

    void circuitChanged(int next, String circuit, CircuitState state) {
        if (heard()) {
            tell(new RetryEvents.CircuitChanged(callId, scope, next, circuit, state));
        }
    }

    void gaveUp(int last, RetryHistory history, Throwable error) {
        if (heard()) {
            tell(new RetryEvents.GaveUp(callId, scope, last, history, history.reason(), error));
        }
    }

    void succeeded(Attempt last, Duration elapsed) {
        if (heard()) {
            tell(new RetryEvents.Succeeded(callId, scope, last.number(), last.waited(), elapsed));
        }
    }

    void cancelled(int last, boolean waiting) {
        if (heard()) {
            tell(new RetryEvents.Cancelled(callId, scope, last, waiting));
        }
    }

    void steppedAside(int outer) {
        if (heard()) {
            tell(new RetryEvents.SteppedAside(callId, scope, outer));
        }
    }

    void classifierFailed(int attempt, Throwable thrown) {
        if (heard()) {
            tell(new RetryEvents.ClassifierFailed(callId, scope, attempt, thrown));
        }
    }

    private void tell(RetryEvent event) {
        for (RetryListener listener : listeners) {
            Throwable thrown = tell(listener, event);
            if (thrown != null) {
                report(listener, event, thrown);
            }
        }
    }

    private void report(RetryListener culprit, RetryEvent event, Throwable thrown) {
        LOG.warn("A retry listener threw on " + event.getClass().getSimpleName() + "; the call continues", thrown);
        if (event instanceof RetryEvent.AttemptFailed failed) {
            Suppressed.add(failed.error(), thrown);
        } else if (event instanceof RetryEvent.GaveUp gaveUp) {
            Suppressed.add(gaveUp.error(), thrown);
        }
        RetryEvent told = new RetryEvents.ListenerFailed(callId, scope, event.number(), thrown);
        for (RetryListener other : listeners) {
            Throwable again = other == culprit ? null : tell(other, told);
            if (again != null) {
                LOG.warn("A retry listener threw on ListenerFailed", again);
            }
        }
    }

    private @Nullable Throwable tell(RetryListener listener, RetryEvent event) {
        try {
            listener.onEvent(event, context);
            return null;
        } catch (Throwable thrown) {
            Guard.throwIfJvmEnds(thrown);
            return thrown;
        }
    }
}
