package io.aicore.limit;

import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.util.context.ContextView;

/**
 * Stops sending to a provider that is down, and finds out soon when it is back. Holds state: create one per provider,
 * base URL and model, and share it ({@link CircuitBreakers} does).
 *
 * <pre>{@code
 * CircuitBreaker circuit = CircuitBreaker.of("orders", CircuitSettings.defaults());
 * Mono<Order> order = circuit.protect(client.get(id));   // one attempt; retry goes outside
 * }</pre>
 *
 * <p>Closed, it counts outcomes in a time window and opens when enough of them failed, or when pending calls hear
 * nothing for too long. Open, it refuses with {@link CallNotPermittedException} at once. After the open time the next call is
 * the probe: answered, the circuit closes and admission ramps up; failed, it opens for twice as long; cancelled or lost,
 * its place goes to the next call. The numbers are in {@link CircuitSettings}.
 *
 * <p>A circuit has no thread and no timer: it changes when it is used, so an open one without traffic stays
 * {@code OPEN} after its open time (with {@link #untilPermitted()} zero). All methods are safe from any thread and never
 * block. The clock is {@code scheduler.now(NANOSECONDS)}; without a scheduler given, {@code Schedulers.parallel()} is
 * looked up at each use, so virtual time works with a breaker created before.
 */
public final class CircuitBreaker {

    /**
     * Context key with value {@code true} in attempts after the first of a call: what {@code protect} asks in the
     * {@linkplain CircuitMode#SOFT soft} mode, as {@link #tryAcquire(boolean)} does with its argument.
     */
    public static final String RETRY = "io.aicore.limit.retry";

    private static final int DEEPEST_CAUSE = 16;

    private final Circuit circuit;
    private final Function<? super Throwable, Outcome> outcome;

    private CircuitBreaker(Circuit circuit, Function<? super Throwable, Outcome> outcome) {
        this.circuit = circuit;
        this.outcome = outcome;
    }

    /** With {@link #defaultOutcome}, the parallel scheduler's clock and {@code ThreadLocalRandom}. */
    public static CircuitBreaker of(String name, CircuitSettings settings) {
        return of(name, settings, CircuitBreaker::defaultOutcome);
    }

    /** With an own clock and chance: {@code random} gives numbers from 0 (inclusive) to 1 (exclusive). */
    public static CircuitBreaker of(String name, CircuitSettings settings, Scheduler scheduler, DoubleSupplier random) {
        return of(name, settings, CircuitBreaker::defaultOutcome, scheduler, random);
    }

    /** With an own reading of errors, asked by the {@code protect} methods. */
    public static CircuitBreaker of(
            String name, CircuitSettings settings, Function<? super Throwable, Outcome> outcome) {
        return create(
                name, settings, outcome, null, () -> ThreadLocalRandom.current().nextDouble());
    }

    /**
     * All of it.
     *
     * @param outcome what an error says about the provider; if it throws, the attempt counts as nothing and what it threw
     *     is suppressed on the error
     */
    public static CircuitBreaker of(
            String name,
            CircuitSettings settings,
            Function<? super Throwable, Outcome> outcome,
            Scheduler scheduler,
            DoubleSupplier random) {
        return create(name, settings, outcome, Objects.requireNonNull(scheduler, "scheduler"), random);
    }

    static CircuitBreaker create(
            String name,
            CircuitSettings settings,
            Function<? super Throwable, Outcome> outcome,
            @Nullable Scheduler scheduler,
            DoubleSupplier random) {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(settings, "settings");
        Objects.requireNonNull(random, "random");
        Objects.requireNonNull(outcome, "outcome");
        return new CircuitBreaker(new Circuit(name, settings, scheduler, random), outcome);
    }

    /**
     * {@code FAILURE} for an {@link IOException} or {@link TimeoutException}, itself or among the causes; {@code IGNORED}
     * for the {@link CallNotPermittedException} of a breaker further in; {@code ALIVE} for anything else.
     */
    public static Outcome defaultOutcome(Throwable error) {
        Throwable e = error;
        for (int depth = 0; e != null && depth < DEEPEST_CAUSE; depth++) {
            if (e instanceof CallNotPermittedException) {
                return Outcome.IGNORED;
            }
            if (e instanceof IOException || e instanceof TimeoutException) {
                return Outcome.FAILURE;
            }
            e = e.getCause();
        }
        return Outcome.ALIVE;
    }

    /** What messages and metrics call it. */
    public String name() {
        return circuit.name();
    }

    /** The present state; {@code OPEN} also after the open time until a call comes. */
    public CircuitState state() {
        return circuit.state();
    }

    /**
     * The present state, then each change. Never completes. A slow subscriber gets the latest; changes that race may be
     * told as one. Told on the thread that caused the change: use {@code publishOn} for more than a note.
     */
    public Flux<CircuitState> states() {
        return circuit.states();
    }

    public CircuitSettings settings() {
        return circuit.settings();
    }

    /** Replaces the settings for calls to come; what was counted, the state and calls in flight stay. */
    public void settings(CircuitSettings settings) {
        circuit.settings(Objects.requireNonNull(settings, "settings"));
    }

    /** {@link #tryAcquire(boolean)} for the first attempt of a call. */
    public Permit tryAcquire() {
        return circuit.acquire(false);
    }

    /**
     * Leave for one attempt, to be ended on every path.
     *
     * @param retry whether this is a retry, which the soft mode may refuse
     * @throws CallNotPermittedException if refused: open, probes out, or by the ramp after closing
     */
    public Permit tryAcquire(boolean retry) {
        return circuit.acquire(retry);
    }

    /** {@link #untilPermitted(boolean)} for the first attempt of a call. */
    public Duration untilPermitted() {
        return circuit.untilPermitted(false);
    }

    /**
     * Zero when an attempt could be admitted now; else how long until a probe could be: the rest of the open time, or of
     * the lease of the probe under way (it may end sooner). Zero also while ramping up, where chance decides. Only reads.
     */
    public Duration untilPermitted(boolean retry) {
        return circuit.untilPermitted(retry);
    }

    /**
     * The source as one attempt under this circuit, judged at its first value; empty means alive. A permit is taken per
     * subscription; refused, it fails with {@link CallNotPermittedException}; cancelled, it counts as nothing.
     */
    public <T> Mono<T> protect(Mono<T> source) {
        return new ProtectedMono<>(source, this::permit, outcome);
    }

    /**
     * As {@link #protect(Mono)}, for work that is rightly silent until it is done, such as a model that answers as a
     * whole: it is never overdue, however long it takes.
     */
    public <T> Mono<T> protectSilent(Mono<T> source) {
        return new ProtectedMono<>(source, this::silentPermit, outcome);
    }

    /** {@link #protect(Flux, Predicate)} where any element is the success. */
    public <T> Flux<T> protect(Flux<T> source) {
        return protect(source, any -> true);
    }

    /**
     * The source as one attempt under this circuit. The first element that {@code commits} is the success; elements
     * before it only show that the provider is not silent. An error after it that the outcome function calls a failure is
     * a failure event of its own. Demand passes through; cancel after success changes nothing.
     */
    public <T> Flux<T> protect(Flux<T> source, Predicate<? super T> commits) {
        return new ProtectedFlux<>(source, this::permit, outcome, commits);
    }

    /**
     * As {@link #protect(Flux, Predicate)}, for an attempt that knows more of its provider than its elements show: it is
     * made with its permit, to say {@link Permit#firstByte()} or {@link Permit#expectSilence(Duration)}. What ends the
     * permit stays this method's to say.
     */
    public <T> Flux<T> protect(Function<? super Permit, ? extends Flux<T>> attempt, Predicate<? super T> commits) {
        return Flux.defer(() -> {
            AtomicReference<Permit> admitted = new AtomicReference<>();
            Flux<T> source = Flux.defer(() -> attempt.apply(admitted.get()));
            return new ProtectedFlux<>(source, context -> admit(context, admitted), outcome, commits);
        });
    }

    /** A snapshot for dashboards and logs. */
    public CircuitMetrics metrics() {
        return circuit.metrics();
    }

    private Permit permit(ContextView context) {
        return circuit.acquire(Boolean.TRUE.equals(context.getOrDefault(RETRY, false)));
    }

    private Permit admit(ContextView context, AtomicReference<Permit> admitted) {
        Permit permit = permit(context);
        admitted.set(permit);
        return permit;
    }

    private Permit silentPermit(ContextView context) {
        Permit permit = permit(context);
        permit.expectSilence();
        return permit;
    }

    long idleNanos() {
        return circuit.idle();
    }

    void touch() {
        circuit.touch();
    }

    @Override
    public String toString() {
        return "CircuitBreaker[" + name() + ", " + state() + "]";
    }
}
