package io.aicore.retry;

import io.aicore.limit.AdmissionCall;
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
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
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
 * One subscription: turns the decisions of {@link RetryPolicy} into signals. Failures arrive one after another; only
 * the deadline's timer and a cancel come from other threads, and {@code ended} decides between them.
 */
final class Call {

    private static final Logger LOG = Loggers.getLogger(RetryOnFailure.class);
    private static final AtomicBoolean SAID_ASIDE = new AtomicBoolean();

    private final Plan plan;
    private final Judge judge;
    private final RetryPolicy policy;
    private final Scheduler scheduler;
    private final ContextView context;
    private final Events events;
    private final Ending ending;
    private final BudgetShare budget;
    private final long began;
    private final boolean aside;
    private final AtomicBoolean ended = new AtomicBoolean();
    private volatile boolean committed;
    private volatile Progress progress;
    private volatile long lastSeen;
    private volatile @Nullable Throwable jvmEnd;

    private Call(Plan plan, ContextView context) {
        this.plan = plan;
        this.judge = new Judge(plan);
        this.policy = new RetryPolicy(plan.settings);
        this.scheduler = GuardedScheduler.of(plan.schedulerNow());
        this.context = context;
        this.began = now();
        long number = CallIds.next();
        Attempt outer = Attempt.from(context).orElse(null);
        this.aside = outer != null;
        Attempt attempt = outer != null ? outer : CallAttempt.first(CallIds.text(number), plan.settings.deadline());
        this.events = new Events(plan.listeners, attempt.callId(), plan.scope, context);
        this.ending = new Ending(plan.finisher, events, number, aside);
        this.budget = new BudgetShare(plan);
        this.progress = Progress.inFlight(attempt, began);
    }

    static Call begin(Plan plan, ContextView context) {
        return new Call(plan, context);
    }

    <T> Mono<T> protect(Mono<T> given) {
        Mono<T> source = Guard.subscribed(given);
        if (aside) {
            return source.retryWhen(Retry.from(this::companion));
        }
        // The deadline may pass between a value and its completion: the first one ends the call, and the other is not
        // delivered. A value that came second waits for the deadline's error, so that it cannot complete as empty.
        Mono<T> once = source.flatMap(value -> succeeded() ? Mono.just(value) : Mono.<T>never())
                .switchIfEmpty(Mono.defer(() -> succeeded() ? Mono.empty() : Mono.never()));
        Mono<T> retried = once.retryWhen(Retry.from(this::companion));
        if (events.heard()) {
            retried = retried.doFinally(this::left);
        }
        return retried.contextWrite(this::firstAttempt);
    }

    <T> Flux<T> protect(Flux<T> given, Predicate<? super T> commits) {
        Flux<T> source = Guard.subscribed(given);
        if (aside) {
            return source.retryWhen(Retry.from(this::companion));
        }
        Flux<T> retried = source.doOnNext(element -> emitted(element, commits)).retryWhen(Retry.from(this::companion));
        if (events.heard()) {
            retried = retried.doOnComplete(this::succeeded).doFinally(this::left);
        }
        return retried.contextWrite(this::firstAttempt);
    }

    private Context firstAttempt(Context caller) {
        return admissionCall().in(caller.put(Attempt.class, progress.attempt()));
    }

    /** What the call's attempts share in admission. */
    private AdmissionCall admissionCall() {
        AdmissionCall known = AdmissionCall.from(context);
        Duration deadline = plan.settings.deadline();
        return deadline == null || context.hasKey(AdmissionCall.class)
                ? known
                : known.deadline(began + deadline.toNanos());
    }

    private <T> void emitted(T element, Predicate<? super T> commits) {
        if (committed) {
            return;
        }
        try {
            committed = commits.test(element);
            if (committed) {
                budget.succeeded(progress.attempt().number());
            }
        } catch (Throwable thrown) {
            committed = true;
            passed(thrown);
            events.classifierFailed(progress.attempt().number(), thrown);
        }
    }

    /**
     * Answers each failure with the Context of the next attempt, or with the error that ends the call. Never completes.
     */
    Flux<?> companion(Flux<Retry.RetrySignal> signals) {
        if (aside) {
            stepAside();
        } else {
            try {
                events.started(progress.attempt());
            } catch (VirtualMachineError end) {
                return Guard.endThenThrow(end, end).flux();
            }
        }
        Flux<Context> answers = signals.map(Retry.RetrySignal::failure)
                .concatMap(error -> aside ? Mono.error(error) : afterFailure(error))
                .concatWith(Mono.never());
        Duration deadline = plan.settings.deadline();
        Flux<Context> bounded = deadline == null
                ? answers
                : answers.takeUntilOther(Mono.delay(deadline, scheduler).flatMap(tick -> deadlinePassed(deadline)));
        return bounded.doFinally(this::companionLeft);
    }

    private void stepAside() {
        if (SAID_ASIDE.compareAndSet(false, true)) {
            LOG.info("RetryOnFailure inside the attempt of another one: only the outer one retries (logged once)");
        }
        events.steppedAside(progress.attempt().number());
    }

    private Mono<Context> afterFailure(Throwable error) {
        Throwable end = jvmEnd;
        if (end != null) {
            return Guard.endThenThrow(error, end);
        }
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
        Judge.Verdict verdict = judge.judge(error, context, committed, at.born());
        AttemptFailure record = record(at, now, verdict.failure(), error);
        events.failed(record);
        if (verdict.thrown() != null) {
            Suppressed.add(error, verdict.thrown());
            events.classifierFailed(failed.number(), verdict.thrown());
        }
        CallNotPermittedException refusal =
                verdict.barred() ? null : Causes.find(error, CallNotPermittedException.class);
        boolean again = !failed.failures().isEmpty();
        if (refusal != null && again && !refusal.waited()) {
            progress = at.afterRefusal(now);
            return resume(wait -> wait.readmitted(refusal.untilNextProbe()), refusal.name());
        }
        GiveUp notSent = verdict.barred() ? null : notSent(refusal, error);
        if (notSent != null && again) {
            budget.unused();
            return end(notSent, at.lastError(), failed.failures(), now);
        }
        budget.spent();
        RetryDecision decision = notSent == null
                ? policy.decide(failed, record.failure(), Duration.ofNanos(now - began), plan.random)
                : notSent;
        if (decision instanceof RetryAfter && !budget.allowsRetryAfter(record.failure())) {
            decision = new GiveUp(GiveUpReason.BUDGET, "the retry budget of the provider is spent");
        }
        if (decision instanceof GiveUp end) {
            return end(end, error, at.failuresAnd(record.endedBy(end)), now);
        }
        RetryAfter retry = (RetryAfter) decision;
        progress = at.afterFailure(record.followedBy(retry), now);
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
            return new GiveUp(GiveUpReason.CIRCUIT_OPEN, refusal.getMessage());
        }
        AdmissionRejectedException rejected = Causes.find(error, AdmissionRejectedException.class);
        if (rejected == null) {
            return null;
        }
        boolean late = rejected.bound() == AdmissionRejectedException.Bound.DEADLINE;
        return new GiveUp(late ? GiveUpReason.DEADLINE : GiveUpReason.NOT_ADMITTED, rejected.getMessage());
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
        Duration patience = most.minus(waiting.waitedForCircuit(now));
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
        Progress next = progress.started(remaining(now), now);
        progress = next;
        events.started(next.attempt());
        return Context.of(Attempt.class, next.attempt(), CircuitBreaker.RETRY, true);
    }

    private Mono<Context> staysOpen(String circuit, Throwable error) {
        String why = "circuit '" + circuit + "' is open and the wait for its next probe would be too long";
        return end(
                new GiveUp(GiveUpReason.CIRCUIT_OPEN, why),
                error,
                progress.attempt().failures(),
                nowOrLast());
    }

    /**
     * Ends the call when the caller's code (classifier, circuit, clock) threw between attempts; the attempt's failure
     * stays the primary error.
     */
    private <T> Mono<T> broken(Throwable error, Throwable thrown) {
        Suppressed.add(error, thrown);
        if (Guard.endsJvm(thrown)) {
            ended.set(true);
            return Guard.endThenThrow(error, thrown);
        }
        Progress at = progress;
        long now = nowOrLast();
        events.classifierFailed(at.made(), thrown);
        String why = Text.name(thrown) + " was thrown while the next attempt was prepared";
        GiveUp end = new GiveUp(GiveUpReason.NOT_RETRYABLE, why);
        List<FailedAttempt> failures = at.waiting()
                ? at.attempt().failures()
                : at.failuresAnd(record(at, now, Failure.permanent(why), error).endedBy(end));
        return end(end, error, failures, now);
    }

    private <T> Mono<T> deadlinePassed(Duration deadline) {
        Progress at = progress;
        long now = nowOrLast();
        boolean overcome = aside || committed || at.attempt().failures().isEmpty();
        RetryDeadlineException cut = new RetryDeadlineException(deadline, committed);
        Throwable error = overcome ? cut : at.lastError();
        String passed = "deadline of " + Text.seconds(deadline) + " exceeded ";
        if (at.waiting()) {
            GiveUp end = new GiveUp(GiveUpReason.DEADLINE, passed + "during a wait");
            return end(end, error, at.attempt().failures(), now);
        }
        String flight = "during attempt " + at.attempt().number();
        GiveUp end = new GiveUp(GiveUpReason.DEADLINE, passed + flight);
        Failure failure = Failure.permanent("cut off by the deadline").category("deadline");
        return end(end, error, at.failuresAnd(record(at, now, failure, cut).endedBy(end)), now);
    }

    private <T> Mono<T> end(GiveUp end, Throwable last, List<FailedAttempt> failures, long now) {
        if (!ended.compareAndSet(false, true)) {
            return Mono.never();
        }
        if (progress.waiting()) {
            budget.unused();
        }
        try {
            return Mono.error(ending.finish(end, last, failures, progress.waited(now), Duration.ofNanos(now - began)));
        } catch (Throwable thrown) {
            Suppressed.add(last, thrown);
            return Guard.endThenThrow(last, thrown);
        }
    }

    /** True if this signal ends the call. */
    private boolean succeeded() {
        if (!ended.compareAndSet(false, true)) {
            return false;
        }
        budget.succeeded(progress.attempt().number());
        try {
            events.succeeded(progress.attempt(), Duration.ofNanos(nowOrLast() - began));
        } catch (VirtualMachineError end) {
            passed(end);
        }
        return true;
    }

    /** Called on success too, unless the call is waiting. */
    private void companionLeft(SignalType signal) {
        if (progress.waiting()) {
            left(signal);
        }
    }

    /** Told when the cancel has gone upstream: what a listener throws must not keep it from there. */
    private void left(SignalType signal) {
        Progress at = progress;
        if (signal == SignalType.CANCEL && ended.compareAndSet(false, true)) {
            if (at.waiting()) {
                budget.unused();
            }
            events.cancelled(at.made(), at.waiting());
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

    private AttemptFailure record(Progress at, long now, Failure failure, Throwable error) {
        Duration took = Duration.ofNanos(now - at.since());
        Instant start = wallClock(error).minus(took);
        return new AttemptFailure(at.attempt().number(), start, took, failure, error, null, "");
    }

    private Instant wallClock(Throwable error) {
        try {
            return Guard.call("the clock", plan.clock::instant);
        } catch (RuntimeException thrown) {
            Suppressed.add(error, thrown);
            return Clock.systemUTC().instant();
        }
    }

    /** Errors that end the JVM: the call's error is delivered first, then the JVM's error is rethrown. */
    private void passed(Throwable thrown) {
        if (Guard.endsJvm(thrown)) {
            jvmEnd = thrown;
            throw new IllegalStateException("the JVM is at its end", thrown);
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
