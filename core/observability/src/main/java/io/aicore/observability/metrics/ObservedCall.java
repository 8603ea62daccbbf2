package io.aicore.observability.metrics;

import io.aicore.internal.Seconds;
import io.aicore.limit.AdmissionEvent.WaitBegan;
import io.aicore.llm.observe.CallEnd;
import io.aicore.llm.observe.CallObservation;
import io.aicore.llm.observe.CallOutcome;
import io.aicore.observability.metrics.LlmObservationDocumentation.CallEvent;
import io.aicore.observability.metrics.LlmObservationDocumentation.EventDetail;
import io.aicore.retry.Attempt;
import io.aicore.retry.Failure;
import io.aicore.retry.RetryEvent;
import io.micrometer.observation.Observation;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;
import reactor.util.context.Context;

/**
 * The observation of a running call. At most one attempt is open; the thread that removes it from its slot stops it. If
 * a cancel or a deadline arrives while the next attempt starts, that one finds the slot closed and is stopped at once.
 */
final class ObservedCall implements CallObservation {

    /** The slot of the open attempt. */
    private sealed interface Place {

        Place EMPTY = new Empty();
        Place CLOSED = new Closed();

        default void stop(CallOutcome outcome, @Nullable Failure failure, @Nullable Throwable error) {}
    }

    private record Empty() implements Place {}

    private record Closed() implements Place {}

    private record Open(Observation running, LlmAttemptContext context) implements Place {
        @Override
        public void stop(CallOutcome outcome, @Nullable Failure failure, @Nullable Throwable error) {
            context.ended(outcome, failure, error);
            SafeObservation.stop(running, error);
        }
    }

    private static final AtomicReferenceFieldUpdater<ObservedCall, Place> OPEN =
            AtomicReferenceFieldUpdater.newUpdater(ObservedCall.class, Place.class, "open");

    private final Observation call;
    private final LlmCallContext context;
    private final LlmObservations observations;
    private final CallCounts counts;
    private volatile Place open = Place.EMPTY;
    private volatile String cause = "";

    ObservedCall(Observation call, LlmCallContext context, LlmObservations observations, CallCounts counts) {
        this.call = call;
        this.context = context;
        this.observations = observations;
        this.counts = counts;
    }

    @Override
    public Context callContext(Context caller) {
        return around(call, caller);
    }

    @Override
    public void onEvent(RetryEvent event) {
        context.callId(event.callId());
        if (event instanceof RetryEvent.AttemptStarted started) {
            begin(started.attempt());
        } else if (event instanceof RetryEvent.AttemptFailed failed) {
            cause = ErrorTypes.of(failed.error());
            stop(CallOutcome.ERROR, failed.failure(), failed.error());
        } else if (event instanceof RetryEvent.RetryScheduled retry) {
            SafeObservation.event(
                    call,
                    CallEvent.RETRY
                            .of(retry.number())
                            .with(EventDetail.DELAY, Seconds.exact(retry.delay()))
                            .with(EventDetail.ERROR_TYPE, cause)
                            .with(EventDetail.CAUSE, retry.why()));
            FaultIsolation.run(() -> counts.retried(cause));
        } else if (event instanceof RetryEvent.WaitingForCircuit wait) {
            SafeObservation.event(
                    call,
                    CallEvent.CIRCUIT_WAIT.of(wait.number()).with(EventDetail.DELAY, Seconds.exact(wait.delay())));
        } else if (event instanceof RetryEvent.Admission admission && admission.event() instanceof WaitBegan wait) {
            SafeObservation.event(
                    call,
                    CallEvent.ADMISSION_WAIT
                            .of(admission.number())
                            .with(EventDetail.DELAY, Seconds.exact(wait.expected()))
                            .with(EventDetail.CAUSE, wait.reason().why()));
        } else if (event instanceof RetryEvent.GaveUp gaveUp) {
            context.reason(gaveUp.reason());
            stop(CallOutcome.ERROR, null, gaveUp.error());
        }
    }

    @Override
    public void onResend() {
        SafeObservation.event(call, CallEvent.RESEND.of(context.attempts()));
    }

    @Override
    public void onChunk(Duration gap) {
        FaultIsolation.run(() -> counts.chunk(gap));
    }

    @Override
    public Context attemptContext(Context caller) {
        Observation parent = open instanceof Open attempt ? attempt.running() : call;
        return around(parent, caller);
    }

    private static Context around(Observation parent, Context caller) {
        return parent.isNoop() ? caller : caller.put(ObservationThreadLocalAccessor.KEY, parent);
    }

    @Override
    public void ended(CallEnd end) {
        if (OPEN.getAndSet(this, Place.CLOSED) instanceof Open attempt) {
            attempt.context().response(end.response());
            attempt.stop(end.outcome(), null, end.error());
        }
        context.end(end);
        SafeObservation.stop(call, end.error());
        try {
            counts.ended(end);
        } catch (Throwable thrown) {
            FaultIsolation.report(thrown);
        }
    }

    private void begin(Attempt attempt) {
        context.attempts(attempt.number());
        if (!observations.observesAttempts()) {
            return;
        }
        LlmAttemptContext begun = new LlmAttemptContext(context, attempt);
        Observation running = observations.attempt(begun);
        SafeObservation.start(running, call);
        Place next = new Open(running, begun);
        Place before = OPEN.getAndUpdate(this, place -> place instanceof Closed ? place : next);
        (before instanceof Closed ? next : before).stop(CallOutcome.CANCELLED, null, null);
    }

    private void stop(CallOutcome outcome, @Nullable Failure failure, @Nullable Throwable error) {
        OPEN.getAndUpdate(this, place -> place instanceof Closed ? place : Place.EMPTY)
                .stop(outcome, failure, error);
    }
}
