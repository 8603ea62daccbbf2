package io.aicore.retry;

import io.aicore.internal.Check;
import io.aicore.limit.CircuitBreaker;
import io.aicore.limit.RetryBudget;
import java.time.Clock;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import java.util.function.Predicate;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.util.retry.Retry;

/**
 * Retries any {@code Mono} or {@code Flux}: classifies the failure, waits with backoff and jitter or for the delay the
 * server requested, and respects a deadline and a circuit breaker. When it gives up, the caller gets the last failure
 * with its {@link RetryHistory}; earlier failures are suppressed on it.
 *
 * <pre>{@code
 * RetryOnFailure retry = RetryOnFailure.of(RetrySettings.defaults()).retryOn(IOException.class);
 * Mono<String> page = retry.protect(fetch());    // or fetch().retryWhen(retry)
 * }</pre>
 *
 * <p>Immutable: each method returns a new instance, which any number of callers may share. State belongs to a
 * subscription, so each subscription has its full number of retries.
 *
 * <p><b>{@code protect} or {@code retryWhen}.</b> Both retry alike. {@code protect} also puts the {@link Attempt} of
 * the first attempt into the Context (under {@code retryWhen} only from the second; {@link Attempt#current} covers the
 * first), never repeats a stream that has emitted, and reports success and every cancel to listeners.
 *
 * <p><b>Threads.</b> Decisions, classifier and listeners run on the thread that signalled the failure. After a wait the
 * attempt resumes on the {@link #scheduler(Scheduler)}, by default {@code Schedulers.parallel()}, which is also the
 * clock. Nothing blocks.
 *
 * <p><b>Cancelling</b> disposes the timer, the circuit's subscription and the attempt in flight; nothing is sent again.
 *
 * <p><b>Nesting.</b> Inside the attempt of another {@code RetryOnFailure} this one does not retry, so retries do not
 * multiply. An error that an inner one gave up on is final for the outer one.
 */
public final class RetryOnFailure extends Retry {

    private final Plan plan;

    private RetryOnFailure(Plan plan) {
        this.plan = plan;
    }

    /** Retries I/O failures and timeouts with these settings, see {@link FailureClassifier#standard()}. */
    public static RetryOnFailure of(RetrySettings settings) {
        return new RetryOnFailure(new Plan(Objects.requireNonNull(settings, "settings")));
    }

    private RetryOnFailure but(Consumer<Plan> change) {
        return new RetryOnFailure(plan.but(change));
    }

    /** Number of retries, delays and deadline. */
    public RetrySettings settings() {
        return plan.settings;
    }

    /** Replaces the settings; calls in flight keep theirs. */
    public RetryOnFailure settings(RetrySettings settings) {
        Objects.requireNonNull(settings, "settings");
        return but(plan -> plan.settings = settings);
    }

    /**
     * Retries only these kinds of failure, matched against the error and its causes. Adds to earlier {@code retryOn}.
     * With a {@link #classifier} of your own, a failure must match and be retryable; without one, a match alone makes
     * it retryable.
     */
    @SafeVarargs
    public final RetryOnFailure retryOn(Class<? extends Throwable>... kinds) {
        Check.that(kinds.length > 0, "retryOn", "nothing", "at least one kind of failure");
        RetryOnFailure result = this;
        for (Class<? extends Throwable> kind : kinds) {
            result = result.retryOn(new Plan.Kind(kind.getSimpleName(), kind::isInstance));
        }
        return result;
    }

    /** As {@link #retryOn(Class...)}, with a predicate that is tested against the error and each of its causes. */
    public RetryOnFailure retryOn(Predicate<? super Throwable> wanted) {
        return retryOn(new Plan.Kind("a predicate", Objects.requireNonNull(wanted, "wanted")));
    }

    private RetryOnFailure retryOn(Plan.Kind kind) {
        return but(plan -> plan.retryOn = Plan.append(plan.retryOn, kind));
    }

    /** Never retries these kinds of failure, matched against the error and its causes; overrides everything else. */
    @SafeVarargs
    public final RetryOnFailure giveUpOn(Class<? extends Throwable>... kinds) {
        Check.that(kinds.length > 0, "giveUpOn", "nothing", "at least one kind of failure");
        RetryOnFailure result = this;
        for (Class<? extends Throwable> kind : kinds) {
            result = result.giveUpOn(new Plan.Kind(kind.getSimpleName(), kind::isInstance));
        }
        return result;
    }

    /** As {@link #giveUpOn(Class...)}, with a predicate that is tested against the error and each of its causes. */
    public RetryOnFailure giveUpOn(Predicate<? super Throwable> unwanted) {
        return giveUpOn(new Plan.Kind("a predicate", Objects.requireNonNull(unwanted, "unwanted")));
    }

    private RetryOnFailure giveUpOn(Plan.Kind kind) {
        return but(plan -> plan.giveUpOn = Plan.append(plan.giveUpOn, kind));
    }

    /** Sets the classifier of errors; {@link FailureClassifier#standard()} by default. */
    public RetryOnFailure classifier(FailureClassifier classifier) {
        Objects.requireNonNull(classifier, "classifier");
        return but(plan -> plan.classifier = classifier);
    }

    /**
     * Sets the circuit that the attempts pass through. It is checked after each delay: while it admits nothing, the
     * call waits for its next probe, at most the circuit's {@code maxWait} (10 s) over all waits of the call and never
     * past the deadline, or fails with the last failure and {@link GiveUpReason#CIRCUIT_OPEN}. A retry that the circuit
     * refuses waits in the same way and uses up no retry; a first attempt that it refuses fails at once. The attempts
     * themselves still need {@code breaker.protect}.
     */
    public RetryOnFailure circuitBreaker(CircuitBreaker breaker) {
        Objects.requireNonNull(breaker, "breaker");
        return circuit(Circuit.of(breaker));
    }

    RetryOnFailure circuit(Circuit circuit) {
        return but(plan -> plan.circuit = circuit);
    }

    /** Sets the budget that retries of all calls to a provider share; each retry takes from it. None by default. */
    public RetryOnFailure budget(RetryBudget budget) {
        return budget(budget, failure -> false);
    }

    /**
     * As {@link #budget(RetryBudget)}, with failures whose retries take nothing: those that the provider's rate limit
     * refused while its gate is closed add no load, since all calls wait for it.
     */
    public RetryOnFailure budget(RetryBudget budget, Predicate<? super Failure> uncharged) {
        Objects.requireNonNull(budget, "budget");
        Objects.requireNonNull(uncharged, "uncharged");
        return but(plan -> {
            plan.budget = budget;
            plan.uncharged = uncharged;
        });
    }

    /** Adds a listener. */
    public RetryOnFailure listener(RetryListener listener) {
        Objects.requireNonNull(listener, "listener");
        return but(plan -> plan.listeners = Plan.append(plan.listeners, listener));
    }

    /** Sets the timer and clock; {@code Schedulers.parallel()} by default, looked up at subscription. */
    public RetryOnFailure scheduler(Scheduler scheduler) {
        Objects.requireNonNull(scheduler, "scheduler");
        return but(plan -> plan.scheduler = GuardedScheduler.of(scheduler));
    }

    /** Sets the source of randomness: values from 0 (inclusive) to 1 (exclusive); called from many threads. */
    public RetryOnFailure random(DoubleSupplier random) {
        Objects.requireNonNull(random, "random");
        return but(plan -> plan.random = random);
    }

    /** Sets the wall clock for records; the system clock by default. Durations do not depend on it. */
    public RetryOnFailure clock(Clock clock) {
        Objects.requireNonNull(clock, "clock");
        return but(plan -> plan.clock = clock);
    }

    /** Sets a label for events, such as the name of a service. */
    public RetryOnFailure scope(String scope) {
        Objects.requireNonNull(scope, "scope");
        return but(plan -> plan.scope = scope);
    }

    /** Sets a function that customizes the error the caller receives. */
    public RetryOnFailure onGiveUp(ErrorMapper mapper) {
        Objects.requireNonNull(mapper, "mapper");
        return but(plan -> plan.mapper = mapper);
    }

    /**
     * Sets {@link #classifier}, {@link #budget(RetryBudget, Predicate)} and {@link #onGiveUp} in one step, for a client that
     * does so for each call.
     */
    public RetryOnFailure hooks(
            FailureClassifier classifier,
            RetryBudget budget,
            Predicate<? super Failure> uncharged,
            ErrorMapper mapper) {
        Objects.requireNonNull(classifier, "classifier");
        Objects.requireNonNull(budget, "budget");
        Objects.requireNonNull(uncharged, "uncharged");
        Objects.requireNonNull(mapper, "mapper");
        return but(plan -> {
            plan.classifier = classifier;
            plan.budget = budget;
            plan.uncharged = uncharged;
            plan.mapper = mapper;
        });
    }

    /** Retries the source and emits its value, or the last failure. An empty source completes empty. */
    public <T> Mono<T> protect(Mono<T> source) {
        Objects.requireNonNull(source, "source");
        return new RetriedMono<>(plan, source);
    }

    /**
     * Retries the source until its first element. A failure after that is final, because another attempt would repeat
     * what the caller already has, unless it is {@linkplain Failure#resumable() resumable}. Demand and cancel reach the
     * source.
     */
    public <T> Flux<T> protect(Flux<T> source) {
        return protect(source, element -> true);
    }

    /**
     * Retries the source until the first element that commits. Elements before it have reached the caller too and may
     * be repeated by a retry.
     *
     * @param commits whether this element must not be repeated; if it throws, the element commits. After it, only a
     *     {@linkplain Failure#resumable() resumable} failure is retried
     */
    public <T> Flux<T> protect(Flux<T> source, Predicate<? super T> commits) {
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(commits, "commits");
        return new RetriedFlux<>(plan, source, commits);
    }

    /**
     * Called by {@code retryWhen}, once per subscription. The companion never completes, so no failure ends as an empty
     * result.
     */
    @Override
    public Publisher<?> generateCompanion(Flux<RetrySignal> signals) {
        return Flux.deferContextual(context -> PlainCall.begin(plan, context).companion(signals));
    }
}
