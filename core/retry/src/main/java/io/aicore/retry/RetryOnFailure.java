package io.aicore.retry;

import io.aicore.limit.CircuitBreaker;
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
 * A retry for any {@code Mono} or {@code Flux}: classifies the failure, waits with backoff, jitter and the server's own
 * wish, respects a deadline and a circuit, and tells at the end what happened. The caller gets the last failure itself,
 * with its {@link RetryHistory}; the ones before are suppressed on it.
 *
 * <pre>{@code
 * RetryOnFailure retry = RetryOnFailure.of(RetrySettings.defaults()).retryOn(IOException.class);
 * Mono<String> page = retry.protect(fetch());    // or fetch().retryWhen(retry)
 * }</pre>
 *
 * <p>An immutable value: each method gives a new one, usable at once and by many callers. All state is born at
 * subscription, so every subscription has its full number of retries.
 *
 * <p><b>{@code protect} or {@code retryWhen}.</b> Both retry alike. {@code protect} knows more: it gives the first
 * attempt its {@link Attempt} in the Context (under {@code retryWhen} that begins with the second; the first is read by
 * {@link Attempt#current}), never repeats a stream that has emitted, and tells listeners of success and of every cancel.
 *
 * <p><b>Threads.</b> Decisions, classifier and listeners run where the failure arrived. After a wait the attempt resumes
 * on the {@link #scheduler(Scheduler)}, by default {@code Schedulers.parallel()}, which is also the clock. Nothing blocks.
 *
 * <p><b>Cancelling</b> disposes the timer, the watch on the circuit and the attempt in flight; nothing is sent again.
 *
 * <p><b>Nesting.</b> Inside another one's attempt this operator steps aside, so retries do not multiply; an error that
 * an inner one gave up on is final for the outer one.
 */
public final class RetryOnFailure extends Retry {

    private final Plan plan;

    private RetryOnFailure(Plan plan) {
        this.plan = plan;
    }

    /** A retry of I/O failures and timeouts, see {@link FailureClassifier#standard()}. */
    public static RetryOnFailure of(RetrySettings settings) {
        return new RetryOnFailure(new Plan(Objects.requireNonNull(settings, "settings")));
    }

    private RetryOnFailure but(Consumer<Plan> change) {
        return new RetryOnFailure(plan.but(change));
    }

    /** How often, how long, how patiently. */
    public RetrySettings settings() {
        return plan.settings;
    }

    /** Other settings; calls in flight keep theirs. */
    public RetryOnFailure settings(RetrySettings settings) {
        Objects.requireNonNull(settings, "settings");
        return but(plan -> plan.settings = settings);
    }

    /**
     * Only these kinds are retried, looked for in the error and its causes. Adds to earlier {@code retryOn}. A
     * {@link #classifier} of your own keeps its word: of its retryable failures, these remain. Without one, these kinds
     * themselves are what is retryable.
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

    /** As {@link #retryOn(Class...)}, asked of the error and each of its causes. */
    public RetryOnFailure retryOn(Predicate<? super Throwable> wanted) {
        return retryOn(new Plan.Kind("a predicate", Objects.requireNonNull(wanted, "wanted")));
    }

    private RetryOnFailure retryOn(Plan.Kind kind) {
        return but(plan -> plan.retryOn = Plan.append(plan.retryOn, kind));
    }

    /** These kinds are never retried, looked for in the error and its causes; wins over everything else. */
    @SafeVarargs
    public final RetryOnFailure giveUpOn(Class<? extends Throwable>... kinds) {
        Check.that(kinds.length > 0, "giveUpOn", "nothing", "at least one kind of failure");
        RetryOnFailure result = this;
        for (Class<? extends Throwable> kind : kinds) {
            result = result.giveUpOn(new Plan.Kind(kind.getSimpleName(), kind::isInstance));
        }
        return result;
    }

    /** As {@link #giveUpOn(Class...)}, asked of the error and each of its causes. */
    public RetryOnFailure giveUpOn(Predicate<? super Throwable> unwanted) {
        return giveUpOn(new Plan.Kind("a predicate", Objects.requireNonNull(unwanted, "unwanted")));
    }

    private RetryOnFailure giveUpOn(Plan.Kind kind) {
        return but(plan -> plan.giveUpOn = Plan.append(plan.giveUpOn, kind));
    }

    /** What an error means; {@link FailureClassifier#standard()} by default. */
    public RetryOnFailure classifier(FailureClassifier classifier) {
        Objects.requireNonNull(classifier, "classifier");
        return but(plan -> plan.classifier = classifier);
    }

    /**
     * The circuit that the attempts go through. It is looked at after each wait: while it lets nothing through, the call
     * waits on for its next probe, at most the circuit's {@code maxWait} (10 s) in all its waits together and never past the
     * deadline, or fails with the last failure and {@link GiveUpReason#CIRCUIT_OPEN}. A retry that it refuses all the same waits likewise, and uses up no
     * retry; a first attempt that it refuses fails at once. The attempts themselves still need {@code breaker.protect}.
     */
    public RetryOnFailure circuitBreaker(CircuitBreaker breaker) {
        Objects.requireNonNull(breaker, "breaker");
        return circuit(Circuit.of(breaker));
    }

    RetryOnFailure circuit(Circuit circuit) {
        return but(plan -> plan.circuit = circuit);
    }

    /** One more listener. */
    public RetryOnFailure listener(RetryListener listener) {
        Objects.requireNonNull(listener, "listener");
        return but(plan -> plan.listeners = Plan.append(plan.listeners, listener));
    }

    /** Timer and clock; {@code Schedulers.parallel()} by default, looked up at subscription. */
    public RetryOnFailure scheduler(Scheduler scheduler) {
        Objects.requireNonNull(scheduler, "scheduler");
        return but(plan -> plan.scheduler = scheduler);
    }

    /** Where chance comes from: values from 0 (inclusive) to 1 (exclusive), asked from many threads. */
    public RetryOnFailure random(DoubleSupplier random) {
        Objects.requireNonNull(random, "random");
        return but(plan -> plan.random = random);
    }

    /** The wall clock of records; the system's by default. Nothing is measured by it. */
    public RetryOnFailure clock(Clock clock) {
        Objects.requireNonNull(clock, "clock");
        return but(plan -> plan.clock = clock);
    }

    /** A label for events, such as the name of a service. */
    public RetryOnFailure scope(String scope) {
        Objects.requireNonNull(scope, "scope");
        return but(plan -> plan.scope = scope);
    }

    /** The last hand on an error before the caller gets it. */
    public RetryOnFailure onGiveUp(FailureFinisher finisher) {
        Objects.requireNonNull(finisher, "finisher");
        return but(plan -> plan.finisher = finisher);
    }

    /** The same value or its failure, after retries. An empty source completes empty. */
    public <T> Mono<T> protect(Mono<T> source) {
        Objects.requireNonNull(source, "source");
        return Mono.deferContextual(context -> Call.begin(plan, context).protect(source));
    }

    /**
     * The same elements, retried until the first one: from there a failure is final, because another attempt would repeat
     * what the caller already has, unless it is {@linkplain Failure#resumable() resumable}. Demand and cancel reach the
     * source.
     */
    public <T> Flux<T> protect(Flux<T> source) {
        return protect(source, element -> true);
    }

    /**
     * The same elements, retried until the first one that commits. Elements before it have reached the caller too: after a
     * retry they may come again.
     *
     * @param commits whether this element makes a repetition harmful; one that throws commits. After it only a {@linkplain
     *     Failure#resumable() resumable} failure is retried
     */
    public <T> Flux<T> protect(Flux<T> source, Predicate<? super T> commits) {
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(commits, "commits");
        return Flux.deferContextual(context -> Call.begin(plan, context).protect(source, commits));
    }

    /** Called by {@code retryWhen}, once per subscription. Never completes: no failure ends as an empty result. */
    @Override
    public Publisher<?> generateCompanion(Flux<RetrySignal> signals) {
        return Flux.deferContextual(context -> Call.begin(plan, context).companion(signals));
    }
}
