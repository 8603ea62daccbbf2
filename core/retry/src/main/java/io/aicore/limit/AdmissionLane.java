package io.aicore.limit;

import io.aicore.internal.ClockReading;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * The way through an {@link Admission} of calls that share a rate limit and a circuit. From {@link Admission#lane}.
 */
public final class AdmissionLane {

    private static final long USED_RESOLUTION = 1_000_000_000;

    private final Admission admission;
    private final Gate gate;
    private final CircuitBreaker breaker;
    private final Circuit circuit;
    private final AdmissionStage stage;
    private final Runnable circuitListener = this::circuitChanged;
    private final PacedReturn back;
    private final WaitBounds bounds;
    private final LaneQueue queue;
    private final WaitReasons reasons;
    private final boolean rejects;
    private final AtomicInteger inFlight = new AtomicInteger();
    private volatile boolean busy;
    private volatile long used;

    AdmissionLane(Admission admission, Gate gate, CircuitBreaker breaker, AdmissionStage stage, long now) {
        this(admission, gate, breaker, stage, now, false);
        circuit.listen(circuitListener);
    }

    private AdmissionLane(
            Admission admission, Gate gate, CircuitBreaker breaker, AdmissionStage stage, long now, boolean rejects) {
        this.rejects = rejects;
        this.admission = admission;
        this.gate = gate;
        this.breaker = breaker;
        this.circuit = breaker.core();
        this.stage = stage;
        this.back = new PacedReturn(now);
        this.bounds = new WaitBounds(admission, gate, breaker, rejects);
        this.queue = new LaneQueue(admission, this, gate, back, bounds);
        this.reasons = new WaitReasons(admission, gate, breaker, back, queue);
        this.used = now;
    }

    /** The lane of a key that there is no room for: it is not kept, and rejects every attempt. */
    static AdmissionLane rejecting(
            Admission admission, Gate gate, CircuitBreaker breaker, AdmissionStage stage, long now) {
        return new AdmissionLane(admission, gate, breaker, stage, now, true);
    }

    /** The circuit of this lane. */
    public CircuitBreaker circuit() {
        return breaker;
    }

    /**
     * Asks for the permission of one attempt. Lock-free unless something is limited.
     *
     * @param retry whether this is a retry, as for {@link CircuitBreaker#tryAcquire(boolean)}
     * @return disposed when the callback has its answer; disposing it before leaves the queue at once
     */
    public Disposable admit(AdmissionCall call, boolean retry, AdmissionCallback callback) {
        long now = admission.now();
        AdmissionPermit permit = startsSlowly(now, Context.empty(), call) ? null : tryNow(now, call.cost(), retry);
        if (permit == null) {
            Disposable place = enter(call, retry, null, callback);
            if (place instanceof Waiter waiter) {
                waiter.begin();
            }
            return place;
        }
        Throwable thrown = permit.enter();
        if (thrown == null) {
            callback.admitted(permit);
        } else {
            permit.release();
            callback.rejected(thrown);
        }
        return Entry.ANSWERED;
    }

    /** The permit of an attempt that nothing limits; null if it has to {@link #enter}. What it throws is a refusal. */
    @Nullable
    AdmissionPermit permitNow(ContextView context, @Nullable AdmissionCall given, @Nullable ClockReading begun)
            throws Throwable {
        long now = admission.now(begun);
        AdmissionCall known = given == null ? AdmissionCall.known(context) : given;
        if (startsSlowly(now, context, given)) {
            return null;
        }
        AdmissionPermit permit = tryNow(now, known == null ? 0 : known.cost(), CircuitBreaker.isRetry(context));
        Throwable thrown = permit == null ? null : permit.enter();
        if (permit != null && thrown != null) {
            permit.release();
            throw thrown;
        }
        return permit;
    }

    /** Asks for a permit that was not there at once; who waits is told so by {@link Waiter#begin()}. */
    Disposable enter(AdmissionCall call, boolean retry, @Nullable ClockReading begun, AdmissionCallback callback) {
        return admission.queue().enter(this, call, retry, callback, admission.now(begun));
    }

    /**
     * As {@link #admit}, for a caller that does not wait.
     *
     * @throws AdmissionRejectedException if the attempt would have to wait at the gate or for a place
     * @throws CallNotPermittedException if the circuit does not admit it now
     */
    public AdmissionPermit tryAdmit(AdmissionCall call, boolean retry) {
        long now = admission.now();
        AdmissionPermit permit = tryNow(now, call.cost(), retry);
        if (permit == null) {
            permit = admission.queue().tryEnter(this, call, retry, now);
        }
        Throwable thrown = permit.enter();
        if (thrown != null) {
            permit.release();
            throw thrown instanceof RuntimeException runtime ? runtime : new IllegalStateException(thrown);
        }
        return permit;
    }

    /**
     * Runs the source as one attempt: subscribes to it when it is admitted, and completes the permit. {@code onSubscribe}
     * is called at once, so that a timeout or a cancel ends a wait. Priority and retry are read from the Context.
     *
     * @param outcome maps an error to an outcome
     */
    public <T> Mono<T> protect(Mono<T> source, Function<? super Throwable, AttemptOutcome> outcome) {
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(outcome, "outcome");
        return new AdmittedMono<>(this, source, outcome);
    }

    /** As {@link #protect(Mono, Function)}; the first element is the success. */
    public <T> Flux<T> protect(Flux<T> source, Function<? super Throwable, AttemptOutcome> outcome) {
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(outcome, "outcome");
        return new ProtectedFlux<>(new LaneEntry<>(this, null, permit -> source, outcome, any -> true));
    }

    /**
     * As {@link #protect(Mono, Function)}, for an attempt that reports more than its value shows.
     *
     * @param call null for that of the Context
     */
    public <T> Mono<T> protect(
            Function<? super AdmissionPermit, ? extends Mono<T>> attempt,
            @Nullable AdmissionCall call,
            Function<? super Throwable, AttemptOutcome> outcome) {
        Objects.requireNonNull(outcome, "outcome");
        return new ProtectedMono<>(new LaneEntry<>(this, call, attempt, outcome, any -> true));
    }

    /**
     * As {@link #protect(Flux, Function)}, for an attempt that reports more than its elements show.
     *
     * @param call null for that of the Context
     * @param commits whether an element is the success; those before it only show that the provider is sending
     */
    public <T> Flux<T> protect(
            Function<? super AdmissionPermit, ? extends Flux<T>> attempt,
            @Nullable AdmissionCall call,
            Function<? super Throwable, AttemptOutcome> outcome,
            Predicate<? super T> commits) {
        Objects.requireNonNull(outcome, "outcome");
        return new ProtectedFlux<>(new LaneEntry<>(this, call, attempt, outcome, commits));
    }

    /** Whether the gate is closed or paced: a refusal for its rate limit was to be expected. */
    public boolean isLimited() {
        return admission.settings().enabled() && (gate.isHeld(admission.now()) || gate.isPaced());
    }

    private @Nullable AdmissionPermit tryNow(long now, long cost, boolean retry) {
        usedAt(now);
        boolean enabled = admission.settings().enabled();
        boolean limited = enabled && (rejects || busy || back.isHeld(now) || !gate.isCalm(now, cost));
        return limited ? null : take(now, cost, retry, enabled);
    }

    /** Rounded to a second: all threads write this field. */
    private void usedAt(long now) {
        if (now - used > USED_RESOLUTION) {
            used = now;
        }
    }

    private boolean startsSlowly(long now, ContextView context, @Nullable AdmissionCall call) {
        boolean isPatient = call == null ? bounds.isPatient(now, context) : bounds.isPatient(now, call);
        return isPatient && gate.start().until(now) - now > 0;
    }

    /** A permit if the circuit and the limit of attempts in flight allow it; null otherwise. */
    @Nullable
    AdmissionPermit take(long now, long cost, boolean retry, boolean waits) {
        long number = admission.takePlace();
        if (number == 0) {
            return null;
        }
        Permit permit = null;
        try {
            permit = circuit.acquireOrNull(retry, waits, circuit.now(admission.clock(), now));
        } finally {
            if (permit == null) {
                admission.returnPlace();
            }
        }
        if (permit == null) {
            return null;
        }
        back.sent(now);
        inFlight.incrementAndGet();
        return new AdmissionPermit(this, permit, number, now, cost, retry);
    }

    Gate gate() {
        return gate;
    }

    WaitBounds bounds() {
        return bounds;
    }

    LaneQueue queue() {
        return queue;
    }

    WaitReasons reasons() {
        return reasons;
    }

    /** Whether attempts have to look at those that wait. */
    void busy(boolean isBusy) {
        busy = isBusy;
    }

    AdmissionStage stage() {
        return stage;
    }

    void ended(AdmissionPermit permit, AttemptOutcome outcome) {
        admission.ended(this, permit, outcome);
    }

    void released() {
        inFlight.decrementAndGet();
        admission.returnPlace();
    }

    void report(AdmissionPermit permit, RateReport report) {
        if (gate.report(admission.now(), permit, report)) {
            admission.queue().wake();
        }
    }

    /** Under the lock: a 503 asked to wait: longer than calls wait for a circuit would only fail them. */
    void hold(long now, Duration retryAfter, double random) {
        Duration most = admission.settings().circuitWait();
        Duration capped = retryAfter.compareTo(most) > 0 ? most : retryAfter;
        long until = now + Gate.spread(capped, random);
        back.hold(now, until, breaker.state() == CircuitState.CLOSED);
        if (back.isOn()) {
            busy = true;
        }
    }

    private void circuitChanged() {
        if (breaker.state() == CircuitState.CLOSED) {
            back.closed(admission.now());
            busy = true;
        } else {
            back.opened(admission.now());
        }
        admission.queue().wakeLater();
    }

    void leave(Waiter waiter) {
        admission.queue().left(waiter);
    }

    long idle(long now) {
        boolean isUsed = inFlight.get() > 0 || !queue.isEmpty();
        return isUsed || gate.isHeld(now) || gate.isPaced(now) ? 0 : Math.max(0, now - used);
    }

    void close() {
        circuit.forget(circuitListener);
    }
}
