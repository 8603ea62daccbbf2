package io.aicore.retry;

import io.aicore.limit.AdmissionEvent;
import io.aicore.limit.AdmissionRejectedException;
import io.aicore.limit.CallNotPermittedException;
import io.aicore.limit.Guard;
import io.aicore.retry.RetryDecision.GiveUp;
import io.aicore.retry.RetryDecision.RetryAfter;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SignalType;
import reactor.core.scheduler.Scheduler;
import reactor.util.Logger;
import reactor.util.Loggers;
import reactor.util.context.Context;
import reactor.util.retry.Retry;

/**
 * One call: decides after each failure by {@link RetryPolicy}, and answers with the {@link NextAttempt} or one of the
 * {@link CallErrors}. Failures arrive one after another; only the deadline's timer and a cancel come from other threads,
 * and {@link CallStart} decides between them.
 */
final class Call {

    private static final Logger LOG = Loggers.getLogger(RetryOnFailure.class);
    private static final AtomicBoolean SAID_ASIDE = new AtomicBoolean();

    final CallStart start;
    final Scheduler scheduler;
    final Events events;
    final BudgetShare budget;
    private boolean atFirstFailure;
    private @Nullable Mono<Context> firstAnswer;
    private @Nullable Throwable end;
    private volatile Progress progress;

    Call(CallStart start) {
        Plan plan = start.plan();
        this.start = start;
        this.scheduler = plan.schedulerNow();
        this.events = Events.of(plan, start.attempt(), start.caller());
        this.budget = BudgetShare.of(plan);
        this.progress = Progress.inFlight(start.attempt(), start.instant(), start.number());
    }

    void admission(AdmissionEvent event) {
        events.admission(progress.attempt().number(), event);
    }

    /** The first attempt begins. */
    void started() {
        events.started(progress.attempt());
    }

    void succeeded() {
        events.succeeded(progress.attempt(), Duration.ofNanos(nowOrLast() - start.instant()));
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
        atFirstFailure = true;
        firstAnswer = afterFailure(failure);
        atFirstFailure = false;
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
        if (start.nested()) {
            stepAside();
        } else {
            try {
                started();
            } catch (VirtualMachineError end) {
                return Guard.endThenThrow(end, end).flux();
            }
        }
        Duration deadline = start.plan().settings.deadline();
        Flux<Context> answers = answers(signals);
        Flux<Context> bounded = deadline == null
                ? answers
                : answers.takeUntilOther(
                        Mono.delay(deadline, scheduler).flatMap(tick -> CallErrors.deadlinePassed(this, deadline)));
        return bounded.doFinally(this::companionLeft);
    }

    private Flux<Context> answers(Flux<Retry.RetrySignal> signals) {
        return signals.map(Retry.RetrySignal::failure)
                .concatMap(error -> start.nested() ? Mono.error(error) : nextAnswer(error))
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
            return CallErrors.broken(this, error, thrown);
        }
    }

    private Mono<Context> answer(Throwable error) {
        Plan plan = start.plan();
        Progress at = progress;
        Attempt failed = at.attempt();
        long now = now();
        Judge.Classification classification =
                Judge.judge(start.plan(), error, start.caller(), start.committed(), at.latestCall());
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
            return new NextAttempt(this).after(wait -> wait.readmitted(refusal.untilNextProbe()), refusal.name());
        }
        GiveUp notSent = classification.isFinal() ? null : notSent(refusal, error);
        if (notSent != null && again) {
            budget.unused();
            return CallErrors.notSent(this, notSent, now);
        }
        budget.spent();
        RetryDecision decision = notSent == null
                ? new RetryPolicy(plan.settings)
                        .decide(failed, failure, Duration.ofNanos(now - start.instant()), plan.random)
                : notSent;
        if (decision instanceof RetryAfter && !budget.allowsRetryAfter(failure)) {
            decision = GiveUp.because(GiveUpReason.BUDGET, "the retry budget of the provider is spent");
        }
        if (decision instanceof GiveUp end) {
            return CallErrors.gaveUp(this, end, error, classification, now);
        }
        RetryAfter retry = (RetryAfter) decision;
        progress = at.afterFailure(CallErrors.failed(this, at, now, failure, error, retry), now);
        events.scheduled(failed.number(), retry);
        return new NextAttempt(this).afterDelay(retry.delay(), error);
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

    /** Whether {@link #firstFailure} decides, on this thread. */
    boolean isAtFirstFailure() {
        return atFirstFailure;
    }

    /** The error that the caller gets. */
    void ended(Throwable error) {
        end = error;
    }

    Progress progress() {
        return progress;
    }

    void progress(Progress next) {
        progress = next;
    }

    /** Called on success too, unless the call is waiting. */
    private void companionLeft(SignalType signal) {
        if (signal == SignalType.CANCEL && progress.waiting() && start.end()) {
            cancelled();
        }
    }

    @Nullable
    Duration remaining(long now) {
        Duration deadline = start.plan().settings.deadline();
        if (deadline == null) {
            return null;
        }
        Duration left = deadline.minusNanos(now - start.instant());
        return left.isNegative() ? Duration.ZERO : left;
    }

    long now() {
        return scheduler.now(TimeUnit.NANOSECONDS);
    }

    /** The time for the end of a call, which a clock that throws must not suppress: the last known one then. */
    long nowOrLast() {
        try {
            return now();
        } catch (RuntimeException thrown) {
            return progress.since();
        }
    }
}
