package io.aicore.retry;

import io.aicore.limit.CircuitBreaker;
import io.aicore.limit.CircuitOpenException;
import io.aicore.limit.CircuitState;
import io.aicore.retry.RetryDecision.GiveUp;
import io.aicore.retry.RetryDecision.RetryAfter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import reactor.core.Exceptions;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.util.Logger;
import reactor.util.Loggers;
import reactor.util.context.Context;
import reactor.util.context.ContextView;
import reactor.util.retry.Retry;

/**
 * One subscription: turns the decisions of {@link RetryPolicy} into signals. Failures come one after another; only the
 * deadline's timer and a cancel come from other threads, and meet the rest at {@code ended}.
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
    private final long began;
    private final boolean aside;
    private final AtomicBoolean ended = new AtomicBoolean();
    private volatile boolean committed;
    private volatile Progress progress;

    private Call(Plan plan, ContextView context) {
        this.plan = plan;
        this.judge = new Judge(plan);
        this.policy = new RetryPolicy(plan.settings);
        this.scheduler = plan.schedulerNow();
        this.context = context;
        this.began = now();
        long number = CallIds.next();
        Attempt outer = Attempt.from(context).orElse(null);
        this.aside = outer != null;
        Attempt attempt = outer != null ? outer : Attempt.first(CallIds.text(number), plan.settings.deadline());
        this.events = new Events(plan.listeners, attempt.callId(), plan.scope, context);
        this.ending = new Ending(plan.finisher, events, number);
        this.progress = Progress.inFlight(attempt, began);
    }

    static Call begin(Plan plan, ContextView context) {
        return new Call(plan, context);
    }

    <T> Mono<T> protect(Mono<T> source) {
        Mono<T> retried = source.retryWhen(Retry.from(this::companion));
        if (aside) {
            return retried;
        }
        if (events.heard()) {
            retried = retried.doOnSuccess(value -> succeeded()).doOnCancel(this::cancelled);
        }
        return retried.contextWrite(this::firstAttempt);
    }

    <T> Flux<T> protect(Flux<T> source, Predicate<? super T> commits) {
        if (aside) {
            return source.retryWhen(Retry.from(this::companion));
        }
        Flux<T> retried = source.doOnNext(element -> emitted(element, commits)).retryWhen(Retry.from(this::companion));
        if (events.heard()) {
            retried = retried.doOnComplete(this::succeeded).doOnCancel(this::cancelled);
        }
        return retried.contextWrite(this::firstAttempt);
    }

    private Context firstAttempt(Context caller) {
        return caller.put(Attempt.class, progress.attempt());
    }

    private <T> void emitted(T element, Predicate<? super T> commits) {
        if (committed) {
            return;
        }
        try {
            committed = commits.test(element);
        } catch (Throwable thrown) {
            Exceptions.throwIfJvmFatal(thrown);
            committed = true;
            tellClassifierFailed(thrown);
        }
    }

    /** The answer to each failure: the Context of the next attempt, or the error that ends the call. Never completes. */
    Flux<?> companion(Flux<Retry.RetrySignal> signals) {
        Flux<Context> answers;
        if (aside) {
            stepAside();
            answers = signals.concatMap(signal -> Mono.error(signal.failure()));
        } else {
            tellStarted(progress.attempt());
            answers = signals.concatMap(signal -> afterFailure(signal.failure()));
        }
        Flux<Context> endless = answers.concatWith(Mono.never());
        Duration deadline = plan.settings.deadline();
        Flux<Context> bounded = deadline == null
                ? endless
                : endless.takeUntilOther(Mono.delay(deadline, scheduler).flatMap(tick -> deadlinePassed(deadline)));
        return bounded.doOnCancel(this::companionCancelled);
    }

    private Mono<Context> afterFailure(Throwable error) {
        Progress at = progress;
        Attempt failed = at.attempt();
        long now = now();
        Judge.Verdict verdict = judge.judge(error, context, committed, at.born());
        FailedAttempt record = failed(at, now, verdict.failure(), error);
        tellFailed(record);
        if (verdict.thrown() != null) {
            Suppressed.add(error, verdict.thrown());
            tellClassifierFailed(verdict.thrown());
        }
        CircuitOpenException refusal = verdict.barred() ? null : Causes.find(error, CircuitOpenException.class);
        if (refusal != null && !failed.failures().isEmpty()) {
            progress = at.afterRefusal(now);
            return resume(refusal.name(), refusal.untilNextProbe());
        }
        RetryDecision decision = refusal == null
                ? decide(failed, record, now)
                : new GiveUp(GiveUpReason.CIRCUIT_OPEN, refusal.getMessage());
        if (decision instanceof GiveUp end) {
            return end(end, error, at.failuresAnd(after(record, null, end.why())), now);
        }
        RetryAfter retry = (RetryAfter) decision;
        progress = at.afterFailure(after(record, retry.delay(), retry.why()), now);
        tellScheduled(failed.number(), retry);
        String circuit = plan.circuit == null ? "" : plan.circuit.name();
        return retry.delay().isZero()
                ? resume(circuit, Duration.ZERO)
                : pause(retry.delay(), error).then(Mono.defer(() -> resume(circuit, Duration.ZERO)));
    }

    private RetryDecision decide(Attempt failed, FailedAttempt record, long now) {
        try {
            return policy.decide(failed, record.failure(), Duration.ofNanos(now - began), plan.random);
        } catch (Throwable thrown) {
            Exceptions.throwIfJvmFatal(thrown);
            Suppressed.add(record.error(), thrown);
            tellClassifierFailed(thrown);
            return new GiveUp(GiveUpReason.NOT_RETRYABLE, Text.name(thrown) + " was thrown while the wait was chosen");
        }
    }

    /** A scheduler that takes no work any more must not hide why the call failed. */
    private Mono<Long> pause(Duration delay, Throwable error) {
        return Mono.delay(delay, scheduler).onErrorResume(refused -> {
            Suppressed.add(error, refused);
            String why = "the scheduler refused to time the wait: " + Text.name(refused);
            return end(
                            new GiveUp(GiveUpReason.NOT_RETRYABLE, why),
                            error,
                            progress.attempt().failures(),
                            now())
                    .then(Mono.empty());
        });
    }

    /** The next attempt, once the circuit lets it through. */
    private Mono<Context> resume(String circuitName, Duration atLeast) {
        Circuit circuit = plan.circuit;
        if (atLeast.isZero() && (circuit == null || circuit.untilPermitted().isZero())) {
            return Mono.fromSupplier(this::start);
        }
        Progress waiting = patient(progress);
        progress = waiting;
        long patience = waiting.patience() == null ? now() : waiting.patience();
        CircuitWait wait = new CircuitWait(circuit, scheduler, patience, observer(circuitName, waiting));
        return wait.admitted(atLeast)
                .flatMap(permitted -> permitted ? Mono.fromSupplier(this::start) : circuitStaysOpen(circuitName));
    }

    private Progress patient(Progress waiting) {
        if (waiting.patience() != null) {
            return waiting;
        }
        Duration patience = plan.settings.maxServerDelay();
        Duration left = remaining(now());
        return waiting.patience(now() + (left == null || patience.compareTo(left) < 0 ? patience : left).toNanos());
    }

    private Context start() {
        long now = now();
        Progress next = progress.started(remaining(now), now);
        progress = next;
        tellStarted(next.attempt());
        return Context.of(Attempt.class, next.attempt(), CircuitBreaker.RETRY, true);
    }

    private Mono<Context> circuitStaysOpen(String name) {
        Progress at = progress;
        FailedAttempt last = at.lastFailure();
        Throwable error = last == null ? new IllegalStateException("no failure before the circuit") : last.error();
        String why = "circuit '" + name + "' is open, and its next probe is too far away to wait for";
        return end(
                new GiveUp(GiveUpReason.CIRCUIT_OPEN, why), error, at.attempt().failures(), now());
    }

    private <T> Mono<T> deadlinePassed(Duration deadline) {
        Progress at = progress;
        long now = now();
        FailedAttempt last = aside ? null : at.lastFailure();
        Throwable error = last == null ? new DeadlineExceededException(deadline) : last.error();
        String passed = "the deadline of " + Text.seconds(deadline) + " passed ";
        if (at.waiting()) {
            return end(
                    new GiveUp(GiveUpReason.DEADLINE, passed + "during a wait"),
                    error,
                    at.attempt().failures(),
                    now);
        }
        Failure failure = Failure.permanent("cut off by the deadline").category("deadline");
        Throwable cut = last == null ? error : new DeadlineExceededException(deadline);
        String why = passed + "while attempt " + at.attempt().number() + " was in flight";
        List<FailedAttempt> failures = at.failuresAnd(after(failed(at, now, failure, cut), null, why));
        return end(new GiveUp(GiveUpReason.DEADLINE, why), error, failures, now);
    }

    private <T> Mono<T> end(GiveUp end, Throwable last, List<FailedAttempt> failures, long now) {
        if (!ended.compareAndSet(false, true)) {
            return Mono.never();
        }
        Progress at = progress;
        RetryHistory history = new RetryHistory(
                events.callId(), failures, end.reason(), end.why(), at.waited(now), Duration.ofNanos(now - began));
        return Mono.error(aside ? ending.passOn(last, history) : ending.finish(last, history));
    }

    private void succeeded() {
        if (ended.compareAndSet(false, true)) {
            Attempt last = progress.attempt();
            events.tell(new RetryEvent.Succeeded(
                    events.callId(), events.scope(), last.number(), last.waited(), Duration.ofNanos(now() - began)));
        }
    }

    /** Success looks like this too, unless it comes during a wait. */
    private void companionCancelled() {
        if (progress.waiting()) {
            cancelled();
        }
    }

    private void cancelled() {
        Progress at = progress;
        if (ended.compareAndSet(false, true) && events.heard()) {
            events.tell(new RetryEvent.Cancelled(events.callId(), events.scope(), at.made(), at.waiting()));
        }
    }

    private void stepAside() {
        if (SAID_ASIDE.compareAndSet(false, true)) {
            LOG.info("A retry inside another one's attempt steps aside: the outer one retries (logged once)");
        }
        if (events.heard()) {
            int number = progress.attempt().number();
            events.tell(new RetryEvent.SteppedAside(events.callId(), events.scope(), number));
        }
    }

    private void tellStarted(Attempt attempt) {
        if (events.heard()) {
            events.tell(new RetryEvent.AttemptStarted(events.callId(), events.scope(), attempt));
        }
    }

    private void tellFailed(FailedAttempt failed) {
        if (events.heard()) {
            events.tell(new RetryEvent.AttemptFailed(
                    events.callId(),
                    events.scope(),
                    failed.number(),
                    failed.duration(),
                    failed.failure(),
                    failed.error()));
        }
    }

    private void tellScheduled(int failed, RetryAfter retry) {
        if (events.heard()) {
            events.tell(
                    new RetryEvent.RetryScheduled(events.callId(), events.scope(), failed, retry.delay(), retry.why()));
        }
    }

    private void tellClassifierFailed(Throwable thrown) {
        if (events.heard()) {
            int number = progress.attempt().number();
            events.tell(new RetryEvent.ClassifierFailed(events.callId(), events.scope(), number, thrown));
        }
    }

    private CircuitWait.Observer observer(String circuit, Progress waiting) {
        int number = waiting.attempt().number();
        return new CircuitWait.Observer() {
            @Override
            public void waiting(Duration delay) {
                if (events.heard()) {
                    String why = "circuit '" + circuit + "' lets nothing through for " + Text.seconds(delay);
                    events.tell(new RetryEvent.WaitingForCircuit(
                            events.callId(), events.scope(), number, circuit, delay, why));
                }
            }

            @Override
            public void saw(CircuitState state) {
                if (events.heard()) {
                    events.tell(new RetryEvent.CircuitChanged(events.callId(), events.scope(), number, circuit, state));
                }
            }
        };
    }

    private FailedAttempt failed(Progress at, long now, Failure failure, Throwable error) {
        Duration took = Duration.ofNanos(now - at.since());
        return new FailedAttempt(
                at.attempt().number(), plan.clock.instant().minus(took), took, failure, error, null, "");
    }

    private static FailedAttempt after(FailedAttempt failed, @Nullable Duration delay, String why) {
        return new FailedAttempt(
                failed.number(), failed.start(), failed.duration(), failed.failure(), failed.error(), delay, why);
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
        return scheduler.now(TimeUnit.NANOSECONDS);
    }
}
