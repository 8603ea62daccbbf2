package io.aicore.retry;

import io.aicore.internal.Seconds;
import io.aicore.limit.AdmissionCall;
import io.aicore.limit.AdmissionEvent;
import io.aicore.limit.AdmissionListener;
import io.aicore.limit.AdmissionRejectedException;
import io.aicore.limit.CallNotPermittedException;
import io.aicore.limit.CircuitBreaker;
import io.aicore.limit.CircuitSettings;
import io.aicore.limit.CircuitState;
import io.aicore.limit.Guard;
import io.aicore.retry.RetryDecision.GiveUp;
import io.aicore.retry.RetryDecision.RetryAfter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SignalType;
import reactor.core.scheduler.Scheduler;
import reactor.util.Logger;
import reactor.util.Loggers;
import reactor.util.context.Context;
import reactor.util.context.ContextView;
import reactor.util.retry.Retry;

/**
 * One call: turns the decisions of {@link RetryPolicy} into signals. Failures arrive one after another; only the
 * deadline's timer and a cancel come from other threads, and {@link Terminal} decides between them.
 */
final class Call {

    private static final Logger LOG = Loggers.getLogger(RetryOnFailure.class);
    private static final AtomicBoolean SAID_ASIDE = new AtomicBoolean();

    private final Plan plan;
    private final Scheduler scheduler;
    private final ContextView context;
    private final Events events;
    private final long number;
    private final BudgetShare budget;
    private final Terminal terminal;
    private final @Nullable CallContext own;
    private final @Nullable AdmissionCall given;
    private final boolean nested;
    private final long began;
    private @Nullable Mono<Context> firstAnswer;
    private @Nullable Throwable end;
    private volatile Progress progress;
    private volatile long lastSeen;

    private Call(
            Plan plan,
            ContextView context,
            Terminal terminal,
            Progress first,
            long number,
            @Nullable CallContext own,
            boolean nested) {
        this.plan = plan;
        this.scheduler = plan.schedulerNow();
        this.context = context;
        this.terminal = terminal;
        this.own = own;
        this.nested = nested;
        this.began = first.since();
        this.lastSeen = began;
        this.progress = first;
        this.events = Events.of(plan, first.attempt(), context);
        this.number = number;
        this.budget = BudgetShare.of(plan);
        AdmissionListener hearing = events.heard() ? this::admission : null;
        this.given = own == null ? AdmissionCall.from(context, plan.deadline(began), hearing) : null;
    }

    /** A call of which the first attempt begins now. */
    static Call begin(Plan plan, ContextView context) {
        long number = CallIds.next();
        Attempt outer = Attempt.from(context).orElse(null);
        Attempt attempt = outer != null ? outer : new FirstAttempt(number, plan.settings.deadline());
        long began = plan.schedulerNow().now(TimeUnit.NANOSECONDS);
        Progress first = Progress.inFlight(attempt, began, CallIds.latest());
        return new Call(plan, context, new Once(), first, number, null, outer != null);
    }

    /** A call of which the first attempt began a while ago, in this Context. */
    static Call of(CallContext own, Terminal terminal) {
        FirstAttempt first = own.attempt();
        Progress progress = Progress.inFlight(first, own.instant(), first.call());
        return new Call(own.plan, own.caller(), terminal, progress, first.call(), own, false);
    }

    /** What its attempts share in admission. */
    AdmissionCall admission() {
        return given != null ? given : Objects.requireNonNull(own).admission();
    }

    void admission(AdmissionEvent event) {
        events.admission(progress.attempt().number(), event);
    }

    /** The first attempt begins. */
    void started() {
        events.started(progress.attempt());
    }

    void succeeded() {
        events.succeeded(progress.attempt(), Duration.ofNanos(nowOrLast() - began));
    }

    /** Told when the cancel has gone upstream: what a listener throws must not keep it from there. */
    void cancelled() {
        Progress at = progress;
        if (at.waiting()) {
            budget.unused();
        }
        events.cancelled(at.made(), at.waiting());
    }

    void classifierFailed(Throwable thrown) {
        events.classifierFailed(progress.attempt().number(), thrown);
    }

    /** Decides on the first attempt's failure. Returns the error if it ends the call; otherwise {@link #again} follows. */
    @Nullable
    Throwable firstFailure(Throwable failure) {
        firstAnswer = afterFailure(failure);
        return end;
    }

    /** The source again after its first failure, as often as the decisions say. */
    <T> Flux<T> again(Throwable failure, Publisher<? extends T> source) {
        return Guard.subscribed(new FailedOnce<T>(failure, source))
                .retryWhen(Retry.from(signals -> answers(signals).doFinally(this::companionLeft)));
    }

    /**
     * Answers each failure with the Context of the next attempt, or with the error that ends the call. Never completes.
     */
    Flux<?> companion(Flux<Retry.RetrySignal> signals) {
        if (nested) {
            stepAside();
        } else {
            try {
                started();
            } catch (VirtualMachineError end) {
                return Guard.endThenThrow(end, end).flux();
            }
        }
        Duration deadline = plan.settings.deadline();
        Flux<Context> answers = answers(signals);
        Flux<Context> bounded = deadline == null
                ? answers
                : answers.takeUntilOther(Mono.delay(deadline, scheduler).flatMap(tick -> deadlinePassed(deadline)));
        return bounded.doFinally(this::companionLeft);
    }

    private Flux<Context> answers(Flux<Retry.RetrySignal> signals) {
        return signals.map(Retry.RetrySignal::failure)
                .concatMap(error -> nested ? Mono.error(error) : nextAnswer(error))
                .concatWith(Mono.never());
    }

    private Mono<Context> nextAnswer(Throwable error) {
        Mono<Context> decided = firstAnswer;
        firstAnswer = null;
        return decided == null ? afterFailure(error) : decided;
    }

    private void stepAside() {
        if (SAID_ASIDE.compareAndSet(false, true)) {
            LOG.info("RetryOnFailure inside the attempt of another one: only the outer one retries (logged once)");
        }
        events.steppedAside(progress.attempt().number());
    }

    private Mono<Context> afterFailure(Throwable error) {
        try {
            return answer(error);
        } catch (Throwable thrown) {
            return broken(error, thrown);
        }
    }

    private Mono<Context> answer(Throwable error) {
        Progress at = progress;
        Attempt failed = at.attempt();
        long now = now();
        Judge.Classification classification =
                new Judge(plan).judge(error, context, terminal.committed(), at.latestCall());
        Failure failure = classification.failure();
        events.failed(failed.number(), now - at.since(), failure, error);
        if (classification.thrown() != null) {
            Suppressed.add(error, classification.thrown());
            events.classifierFailed(failed.number(), classification.thrown());
        }
        CallNotPermittedException refusal =
                classification.isFinal() ? null : Causes.find(error, CallNotPermittedException.class);
        boolean again = !failed.failures().isEmpty();
        if (refusal != null && again && !refusal.waited()) {
            progress = at.afterRefusal(now);
            return resume(wait -> wait.readmitted(refusal.untilNextProbe()), refusal.name());
        }
        GiveUp notSent = classification.isFinal() ? null : notSent(refusal, error);
        if (notSent != null && again) {
            budget.unused();
            return end(at.lastError(), history(notSent, failed.failures(), now));
        }
        budget.spent();
        RetryDecision decision = notSent == null
                ? new RetryPolicy(plan.settings).decide(failed, failure, Duration.ofNanos(now - began), plan.random)
                : notSent;
        if (decision instanceof RetryAfter && !budget.allowsRetryAfter(failure)) {
            decision = GiveUp.because(GiveUpReason.BUDGET, "the retry budget of the provider is spent");
        }
        if (decision instanceof GiveUp end) {
            return end(error, history(end, record(at, now, failure, error, end), now));
        }
        RetryAfter retry = (RetryAfter) decision;
        progress = at.afterFailure(record(at, now, failure, error, retry), now);
        events.scheduled(failed.number(), retry);
        return retry.delay().isZero()
                ? lookAtCircuit(error)
                : Mono.delay(retry.delay(), scheduler)
                        .flatMap(this::onTimer)
                        .onErrorResume(thrown -> broken(error, thrown))
                        .flatMap(tick -> lookAtCircuit(error));
    }

    /** How the call ends if this attempt was not admitted; null if it was sent. */
    private static @Nullable GiveUp notSent(@Nullable CallNotPermittedException refusal, Throwable error) {
        if (refusal != null) {
            return GiveUp.notSent(GiveUpReason.CIRCUIT_OPEN, refusal);
        }
        AdmissionRejectedException rejected = Causes.find(error, AdmissionRejectedException.class);
        if (rejected == null) {
            return null;
        }
        boolean late = rejected.bound() == AdmissionRejectedException.Bound.DEADLINE;
        return GiveUp.notSent(late ? GiveUpReason.DEADLINE : GiveUpReason.NOT_ADMITTED, rejected);
    }

    /** A wait that ends before retryWhen asks for its result would hand it out on the thread that asks. */
    private <T> Mono<T> onTimer(T waited) {
        return Mono.just(waited).publishOn(scheduler);
    }

    private Mono<Context> lookAtCircuit(Throwable error) {
        try {
            Circuit circuit = plan.circuit;
            return circuit == null || circuit.untilPermitted().isZero()
                    ? begun(error)
                    : resume(CircuitWait::admitted, circuit.name());
        } catch (Throwable thrown) {
            return broken(error, thrown);
        }
    }

    /** Starts the next attempt once the circuit admits it. */
    private Mono<Context> resume(Function<CircuitWait, Mono<Boolean>> wait, String circuit) {
        long now = now();
        Progress waiting = progress.forCircuit(now);
        progress = waiting;
        long patience = patience(waiting, now);
        Throwable error = waiting.lastError();
        return wait.apply(new CircuitWait(plan.circuit, scheduler, patience, observer(circuit, waiting)))
                .flatMap(this::onTimer)
                .onErrorResume(thrown -> broken(error, thrown))
                .flatMap(permitted -> permitted ? begun(error) : staysOpen(circuit, error));
    }

    /** The instant to wait until: the rest of {@code maxWait} over all waits of this call, within the deadline. */
    private long patience(Progress waiting, long now) {
        Circuit circuit = plan.circuit;
        Duration most = circuit == null ? CircuitSettings.defaults().maxWait() : circuit.maxWait();
        // The admission's own waits for it come out of the same allowance.
        Duration before = admission().waitedForCircuit().minus(waiting.barred());
        Duration patience = most.minus(waiting.waitedForCircuit(now)).minus(before);
        Duration left = remaining(now);
        return now + (left == null || patience.compareTo(left) < 0 ? patience : left).toNanos();
    }

    private Mono<Context> begun(Throwable error) {
        try {
            return Mono.just(start());
        } catch (Throwable thrown) {
            return broken(error, thrown);
        }
    }

    private Context start() {
        long now = now();
        Progress waited = progress;
        Progress next = waited.started(remaining(now), now);
        admission().addCircuitWait(next.barred().minus(waited.barred()));
        progress = next;
        events.started(next.attempt());
        Context more = Context.of(Attempt.class, next.attempt(), CircuitBreaker.RETRY, true);
        return given == null ? more : given.in(more);
    }

    private Mono<Context> staysOpen(String circuit, Throwable error) {
        String why = "circuit '" + circuit + "' is open and the wait for its next probe would be too long";
        GiveUp end = GiveUp.because(GiveUpReason.CIRCUIT_OPEN, why);
        return end(error, history(end, progress.attempt().failures(), nowOrLast()));
    }

    /**
     * Ends the call when the caller's code (classifier, circuit, clock) threw between attempts; the attempt's failure
     * stays the primary error.
     */
    private <T> Mono<T> broken(Throwable error, Throwable thrown) {
        Suppressed.add(error, thrown);
        if (Guard.endsJvm(thrown)) {
            terminal.end();
            return Guard.endThenThrow(error, thrown);
        }
        Progress at = progress;
        long now = nowOrLast();
        events.classifierFailed(at.made(), thrown);
        String why = Text.name(thrown) + " was thrown while the next attempt was prepared";
        GiveUp end = GiveUp.because(GiveUpReason.NOT_RETRYABLE, why);
        RetryHistory history = at.waiting()
                ? history(end, at.attempt().failures(), now)
                : history(end, record(at, now, Failure.permanent(why), error, end), now);
        return end(error, history);
    }

    /** The error that ends the call; never, if something else has ended it. */
    <T> Mono<T> deadlinePassed(Duration deadline) {
        Progress at = progress;
        long now = nowOrLast();
        boolean overcome =
                nested || terminal.committed() || at.attempt().failures().isEmpty();
        RetryDeadlineException cut = new RetryDeadlineException(deadline, terminal.committed());
        Throwable error = overcome ? cut : at.lastError();
        String passed = "deadline of " + Seconds.text(deadline) + " exceeded ";
        if (at.waiting()) {
            GiveUp end = GiveUp.because(GiveUpReason.DEADLINE, passed + "during a wait");
            return end(error, history(end, at.attempt().failures(), now));
        }
        String flight = "during attempt " + at.attempt().number();
        GiveUp end = GiveUp.because(GiveUpReason.DEADLINE, passed + flight);
        Failure failure = Failure.permanent("cut off by the deadline").category("deadline");
        return end(error, history(end, record(at, now, failure, cut, end), now));
    }

    /** What happened, when the attempt in flight has failed. */
    private RetryHistory history(GiveUp end, AttemptFailure last, long now) {
        Progress at = progress;
        return at.attempt().failures().isEmpty()
                ? new SingleFailure(at.attempt(), last, end)
                : history(end, at.failuresAnd(last), now);
    }

    private RetryHistory history(GiveUp end, List<FailedAttempt> failures, long now) {
        Progress at = progress;
        return new FailedCall(at.attempt(), failures, end, at.waited(now), now - began);
    }

    private <T> Mono<T> end(Throwable last, RetryHistory history) {
        if (!terminal.end()) {
            return Mono.never();
        }
        if (progress.waiting()) {
            budget.unused();
        }
        try {
            Throwable finished = new Ending(plan.mapper, events, number, nested).finish(last, history);
            this.end = finished;
            return Mono.error(finished);
        } catch (Throwable thrown) {
            Suppressed.add(last, thrown);
            return Guard.endThenThrow(last, thrown);
        }
    }

    /** Called on success too, unless the call is waiting. */
    private void companionLeft(SignalType signal) {
        if (signal == SignalType.CANCEL && progress.waiting() && terminal.end()) {
            cancelled();
        }
    }

    private CircuitWait.Observer observer(String circuit, Progress waiting) {
        int next = waiting.attempt().number();
        return new CircuitWait.Observer() {
            @Override
            public void waiting(Duration delay) {
                events.waitingForCircuit(next, circuit, delay);
            }

            @Override
            public void saw(CircuitState state) {
                events.circuitChanged(next, circuit, state);
            }
        };
    }

    private AttemptFailure record(Progress at, long now, Failure failure, Throwable error, RetryDecision decision) {
        return new AttemptFailure(at.attempt().number(), wallClock(error), now - at.since(), failure, error, decision);
    }

    private Instant wallClock(Throwable error) {
        try {
            return Guard.call("the clock", plan.clock::instant);
        } catch (RuntimeException thrown) {
            Suppressed.add(error, thrown);
            return Clock.systemUTC().instant();
        }
    }

    private @Nullable Duration remaining(long now) {
        Duration deadline = plan.settings.deadline();
        if (deadline == null) {
            return null;
        }
        Duration left = deadline.minusNanos(now - began);
        return left.isNegative() ? Duration.ZERO : left;
    }

    private long now() {
        long now = scheduler.now(TimeUnit.NANOSECONDS);
        lastSeen = now;
        return now;
    }

    /** The time for the end of a call; a clock that throws must not suppress the end. */
    private long nowOrLast() {
        try {
            return now();
        } catch (RuntimeException thrown) {
            return lastSeen;
        }
    }
}
