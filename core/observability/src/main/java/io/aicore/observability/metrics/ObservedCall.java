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
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
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

    private record Open(SafeObservation running, LlmAttemptContext context) implements Place {
        @Override
        public void stop(CallOutcome outcome, @Nullable Failure failure, @Nullable Throwable error) {
            context.ended(outcome, failure, error);
            running.stop(error);
        }
    }

    private final SafeObservation call;
    private final LlmCallContext context;
    private final Function<LlmAttemptContext, Observation> attempts;
    private final CallCounts counts;
    private final AtomicReference<Place> open = new AtomicReference<>(Place.EMPTY);
    private volatile String cause = "";

    ObservedCall(
            SafeObservation call,
            LlmCallContext context,
            Function<LlmAttemptContext, Observation> attempts,
            CallCounts counts) {
        this.call = call;
        this.context = context;
        this.attempts = attempts;
        this.counts = counts;
    }

    @Override
    public Context callContext(Context caller) {
        return around(call.observation(), caller);
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
            call.event(CallEvent.RETRY
                    .of(retry.number())
                    .with(EventDetail.DELAY, Seconds.exact(retry.delay()))
                    .with(EventDetail.ERROR_TYPE, cause)
                    .with(EventDetail.CAUSE, retry.why()));
            FaultIsolation.run(() -> counts.retried(cause));
        } else if (event instanceof RetryEvent.WaitingForCircuit wait) {
            call.event(CallEvent.CIRCUIT_WAIT.of(wait.number()).with(EventDetail.DELAY, Seconds.exact(wait.delay())));
        } else if (event instanceof RetryEvent.Admission admission && admission.event() instanceof WaitBegan wait) {
            call.event(CallEvent.ADMISSION_WAIT
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
        call.event(CallEvent.RESEND.of(context.attempts()));
    }

    @Override
    public void onChunk(Duration gap) {
        FaultIsolation.run(() -> counts.chunk(gap));
    }

    @Override
    public Context attemptContext(Context caller) {
        Observation parent =
                open.get() instanceof Open attempt ? attempt.running().observation() : call.observation();
        return around(parent, caller);
    }

    private static Context around(Observation parent, Context caller) {
        return parent.isNoop() ? caller : caller.put(ObservationThreadLocalAccessor.KEY, parent);
    }

    @Override
    public void ended(CallEnd end) {
        if (open.getAndSet(Place.CLOSED) instanceof Open attempt) {
            attempt.context().response(end.response());
            attempt.stop(end.outcome(), null, end.error());
        }
        context.end(end);
        call.stop(end.error());
        FaultIsolation.run(() -> counts.ended(end));
    }

    private void begin(Attempt attempt) {
        context.attempts(attempt.number());
        LlmAttemptContext begun = new LlmAttemptContext(context, attempt);
        Place next = new Open(SafeObservation.start(attempts.apply(begun), call.observation()), begun);
        Place before = open.getAndUpdate(place -> place instanceof Closed ? place : next);
        (before instanceof Closed ? next : before).stop(CallOutcome.CANCELLED, null, null);
    }

    private void stop(CallOutcome outcome, @Nullable Failure failure, @Nullable Throwable error) {
        open.getAndUpdate(place -> place instanceof Closed ? place : Place.EMPTY)
                .stop(outcome, failure, error);
    }
}
