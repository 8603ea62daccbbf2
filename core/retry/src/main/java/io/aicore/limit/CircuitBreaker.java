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
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.util.context.ContextView;

/**
 * Stops calls to a provider that is down and detects its recovery. Holds state: create one per provider, base URL and
 * model, and share it ({@link CircuitBreakers} does).
 *
 * <pre>{@code
 * CircuitBreaker circuit = CircuitBreaker.of("orders", CircuitSettings.defaults());
 * Mono<Order> order = circuit.protect(client.get(id));   // one attempt; retry goes outside
 * }</pre>
 *
 * <p>While closed, it counts outcomes in a time window and opens when enough of them failed, or when pending calls have
 * received nothing for too long. While open, it refuses at once with {@link CallNotPermittedException}. After the open time
 * the next call is the probe: if it succeeds, the circuit closes and admission ramps up (slow start); if it fails, the
 * circuit opens for twice as long (where successes came between the last failures, only after three failed probes); if it is
 * cancelled or lost, the next call becomes the probe. The numbers are in
 * {@link CircuitSettings}.
 *
 * <p>A circuit has no thread and no timer: its state changes when it is used, so an open one without traffic stays
 * {@code OPEN} after its open time (with {@link #untilPermitted()} zero). All methods are thread-safe and non-blocking.
 * The clock is {@code scheduler.now(NANOSECONDS)}; without a given scheduler, {@code Schedulers.parallel()} is looked
 * up at each use, so virtual time works with a breaker created earlier.
 */
public final class CircuitBreaker {

    /**
     * Context key that is {@code true} in every attempt after the first of a call. The {@code protect} methods read it
     * in the {@linkplain CircuitMode#SOFT soft} mode, as {@link #tryAcquire(boolean)} reads its argument.
     */
    public static final String RETRY = "io.aicore.limit.retry";

    private static final int DEEPEST_CAUSE = 16;

    private final Circuit circuit;
    private final Function<? super Throwable, Outcome> outcome;
    private final Function<ContextView, Ticket> entrance = this::permit;
    private final Function<Throwable, @Nullable AttemptOutcome> reading = this::read;

    private CircuitBreaker(Circuit circuit, Function<? super Throwable, Outcome> outcome) {
        this.circuit = circuit;
        this.outcome = outcome;
    }

    /** Creates a breaker with {@link #defaultOutcome}, the parallel scheduler's clock and {@code ThreadLocalRandom}. */
    public static CircuitBreaker of(String name, CircuitSettings settings) {
        return of(name, settings, CircuitBreaker::defaultOutcome);
    }

    /**
     * Creates a breaker with its own clock and randomness: {@code random} supplies numbers from 0 (inclusive) to 1
     * (exclusive).
     */
    public static CircuitBreaker of(String name, CircuitSettings settings, Scheduler scheduler, DoubleSupplier random) {
        return of(name, settings, CircuitBreaker::defaultOutcome, scheduler, random);
    }

    /** Creates a breaker with its own mapping of errors to outcomes, used by the {@code protect} methods. */
    public static CircuitBreaker of(
            String name, CircuitSettings settings, Function<? super Throwable, Outcome> outcome) {
        return create(
                name, settings, outcome, null, () -> ThreadLocalRandom.current().nextDouble());
    }

    /**
     * Creates a breaker.
     *
     * @param outcome maps an error to an outcome; if it throws, the attempt is not counted and what it threw is
     *     suppressed on the error
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
     * {@code FAILURE} for an {@link IOException} or {@link TimeoutException}, itself or among the causes;
     * {@code IGNORED} for the {@link CallNotPermittedException} of a nested breaker; {@code ALIVE} for anything else.
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

    /** The name in messages and metrics. */
    public String name() {
        return circuit.name();
    }

    /** The current state; stays {@code OPEN} after the open time until the next call. */
    public CircuitState state() {
        return circuit.state();
    }

    /**
     * Emits the current state, then each change. Never completes. A slow subscriber gets only the latest; concurrent
     * changes may be merged into one. Emits on the thread that caused the change: use {@code publishOn} for more than a
     * log line.
     */
    public Flux<CircuitState> states() {
        return circuit.states();
    }

    public CircuitSettings settings() {
        return circuit.settings();
    }

    /** Replaces the settings for later calls; counts, state and calls in flight are kept. */
    public void settings(CircuitSettings settings) {
        circuit.settings(Objects.requireNonNull(settings, "settings"));
    }

    /** {@link #tryAcquire(boolean)} for the first attempt of a call. */
    public Permit tryAcquire() {
        return circuit.acquire(false);
    }

    /**
     * Acquires permission for one attempt. The permit must be completed on every path.
     *
     * @param retry whether this is a retry, which the soft mode may refuse
     * @throws CallNotPermittedException if refused: the circuit is open, all probes are in flight, or admission is ramping
     *     up
     */
    public Permit tryAcquire(boolean retry) {
        return circuit.acquire(retry);
    }

    /** {@link #untilPermitted(boolean)} for the first attempt of a call. */
    public Duration untilPermitted() {
        return circuit.untilPermitted(false);
    }

    /**
     * Returns zero if an attempt could be admitted now; otherwise the time until a probe could be: the rest of the open
     * time, or of the lease of the probe in flight (which may end sooner). Also zero during the ramp, where admission
     * is random. Does not change the state.
     */
    public Duration untilPermitted(boolean retry) {
        return circuit.untilPermitted(retry);
    }

    /**
     * Runs the source as one attempt under this circuit. Its first value is a success; empty counts as alive. A permit
     * is taken per subscription; if refused, fails with {@link CallNotPermittedException}; a cancelled attempt is not
     * counted.
     */
    public <T> Mono<T> protect(Mono<T> source) {
        return new CircuitMono<>(this, source);
    }

    /**
     * As {@link #protect(Mono)}, for a source that sends nothing until it is complete, such as a non-streaming model
     * call: it never counts as slow, however long it takes.
     */
    public <T> Mono<T> protectSilent(Mono<T> source) {
        return new ProtectedMono<>(entry(source, this::silentPermit, any -> true));
    }

    /** As {@link #protect(Flux, Predicate)}; the first element is the success. */
    public <T> Flux<T> protect(Flux<T> source) {
        return protect(source, any -> true);
    }

    /**
     * Runs the source as one attempt under this circuit. The first element that {@code commits} is the success;
     * elements before it only show that the provider is sending. An error after it that maps to {@link Outcome#FAILURE}
     * counts as a separate failure. Demand passes through; a cancel after success changes nothing.
     */
    public <T> Flux<T> protect(Flux<T> source, Predicate<? super T> commits) {
        return new ProtectedFlux<>(entry(source, entrance, commits));
    }

    /**
     * As {@link #protect(Flux, Predicate)}, for an attempt that knows more about the provider than its elements show.
     * It gets its permit to call {@link Permit#firstByte()} or {@link Permit#expectSilence(Duration)}; completing the
     * permit remains the task of this method.
     */
    public <T> Flux<T> protect(Function<? super Permit, ? extends Flux<T>> attempt, Predicate<? super T> commits) {
        return Flux.defer(() -> {
            AtomicReference<Permit> admitted = new AtomicReference<>();
            Flux<T> source = Flux.defer(() -> attempt.apply(admitted.get()));
            return new ProtectedFlux<>(entry(source, context -> admit(context, admitted), commits));
        });
    }

    /** Returns a snapshot for dashboards and logs. */
    public CircuitMetrics metrics() {
        return circuit.metrics();
    }

    private <T> Entry<T> entry(
            Publisher<T> source, Function<ContextView, Ticket> admission, Predicate<? super T> commits) {
        return new ImmediateEntry<>(source, admission, reading, commits);
    }

    @Nullable
    AttemptOutcome read(Throwable error) {
        Outcome health = outcome.apply(error);
        return health == null ? null : AttemptOutcome.of(health);
    }

    Permit permit(ContextView context) {
        return circuit.acquire(isRetry(context));
    }

    /** Whether the attempt of this Context is not the first one of its call. */
    static boolean isRetry(ContextView context) {
        return Boolean.TRUE.equals(context.getOrDefault(RETRY, false));
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

    Circuit core() {
        return circuit;
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
