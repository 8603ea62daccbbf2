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

    /** In place of an attempt's observation when the call has ended. */
    private static final Observation CLOSED = Observation.NOOP;

    private static final AtomicReferenceFieldUpdater<ObservedCall, @Nullable Observation> OPEN =
            AtomicReferenceFieldUpdater.newUpdater(ObservedCall.class, Observation.class, "open");

    private final Observation call;
    private final LlmCallContext context;
    private final LlmObservations observations;
    private final CallCounts counts;
    private volatile @Nullable Observation open;
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
        Observation attempt = open;
        return around(attempt == null || attempt == CLOSED ? call : attempt, caller);
    }

    private static Context around(Observation parent, Context caller) {
        return parent.isNoop() ? caller : caller.put(ObservationThreadLocalAccessor.KEY, parent);
    }

    @Override
    public void ended(CallEnd end) {
        Observation attempt = OPEN.getAndSet(this, CLOSED);
        if (attempt != null && attempt != CLOSED) {
            contextOf(attempt).response(end.response());
        }
        stop(attempt, end.outcome(), null, end.error());
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
        if (!running.isNoop()) {
            stop(opened(running), CallOutcome.CANCELLED, null, null);
        }
    }

    /** What has to be stopped when this attempt begins: the one before, or itself if the call has ended. */
    private @Nullable Observation opened(Observation attempt) {
        while (true) {
            Observation before = open;
            if (before == CLOSED) {
                return attempt;
            }
            if (OPEN.compareAndSet(this, before, attempt)) {
                return before;
            }
        }
    }

    /** Unless the end of the call has taken the attempt: it stops it then. */
    private void stop(CallOutcome outcome, @Nullable Failure failure, @Nullable Throwable error) {
        Observation attempt = open;
        if (attempt != CLOSED && OPEN.compareAndSet(this, attempt, null)) {
            stop(attempt, outcome, failure, error);
        }
    }

    private static void stop(
            @Nullable Observation attempt, CallOutcome outcome, @Nullable Failure failure, @Nullable Throwable error) {
        if (attempt != null && attempt != CLOSED) {
            contextOf(attempt).ended(outcome, failure, error);
            SafeObservation.stop(attempt, error);
        }
    }

    private static LlmAttemptContext contextOf(Observation attempt) {
        return (LlmAttemptContext) attempt.getContext();
    }
}
