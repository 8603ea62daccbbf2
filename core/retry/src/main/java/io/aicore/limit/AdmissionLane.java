package io.aicore.limit;

import io.aicore.internal.Seconds;
import io.aicore.limit.AdmissionEvent.WaitReason;
import io.aicore.limit.AdmissionRejectedException.Bound;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The way through an {@link Admission} of calls that share a rate limit and a circuit: the place where they wait. From
 * {@link Admission#lane}.
 */
public final class AdmissionLane {

    private static final long SHORTEST_WAIT = 1_000_000;
    private static final long PATIENT = 60_000_000_000L;
    private static final int FEW_WAITING = 64;

    private final Admission admission;
    private final Gate gate;
    private final CircuitBreaker breaker;
    private final Circuit circuit;
    private final AdmissionStage stage;
    private final Runnable circuitListener = this::circuitChanged;
    private final PacedReturn back;
    private final boolean rejects;
    private final AtomicInteger inFlight = new AtomicInteger();
    private volatile boolean busy;
    private volatile long used;

    // Below: under the lock of the admission.
    private final NavigableSet<Waiter> queue = new TreeSet<>(Waiter.BY_RANK);
    private final NavigableSet<Waiter> byExpiry = new TreeSet<>(Waiter.BY_EXPIRY);
    private final NavigableSet<Waiter> byPatience = new TreeSet<>(Waiter.BY_PATIENCE);
    private boolean blocked;
    private long blockedSince;
    private long blockedTotal;

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
        Disposable place = ask(call, retry, callback);
        if (place instanceof Waiter waiter) {
            waiter.begin();
        }
        return place;
    }

    /** As {@link #admit}; who waits is told so by {@link Waiter#begin()}. */
    Disposable ask(AdmissionCall call, boolean retry, AdmissionCallback callback) {
        long now = admission.now();
        used = now;
        AdmissionPermit permit = startsSlowly(now, call) ? null : tryNow(now, call, retry);
        if (permit == null) {
            return admission.queue(this, call, retry, callback, now);
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

    /**
     * As {@link #admit}, for a caller that does not wait.
     *
     * @throws AdmissionRejectedException if the attempt would have to wait at the gate or for a place
     * @throws CallNotPermittedException if the circuit does not admit it now
     */
    public AdmissionPermit tryAdmit(AdmissionCall call, boolean retry) {
        long now = admission.now();
        used = now;
        AdmissionPermit permit = tryNow(now, call, retry);
        if (permit == null) {
            permit = admission.tryQueue(this, call, retry, now);
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

    private @Nullable AdmissionPermit tryNow(long now, AdmissionCall call, boolean retry) {
        boolean enabled = admission.settings().enabled();
        boolean limited = enabled && (rejects || busy || back.isHeld(now) || !gate.isCalm(now, call.cost()));
        return limited ? null : take(now, call, retry, enabled);
    }

    private boolean startsSlowly(long now, AdmissionCall call) {
        return gate.start().until(now) - now > 0 && isPatient(now, call);
    }

    /** Whether a call can well wait some seconds to find out whether there is a limit. */
    private boolean isPatient(long now, AdmissionCall call) {
        AdmissionSettings settings = admission.settings();
        return settings.enabled()
                && call.priorityOr(settings.priority()) == Priority.BATCH
                && settings.maxWaiting() >= FEW_WAITING
                && Math.min(call.left(now), gatePatience(call)) >= PATIENT;
    }

    /** A permit if the circuit and the limit of attempts in flight allow it; null otherwise. */
    private @Nullable AdmissionPermit take(long now, AdmissionCall call, boolean retry, boolean waits) {
        long number = admission.takePlace();
        if (number == 0) {
            return null;
        }
        Permit permit = null;
        try {
            permit = circuit.acquireOrNull(retry, waits);
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
        return new AdmissionPermit(this, permit, number, now, call.cost(), retry);
    }

    Gate gate() {
        return gate;
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
            admission.wake();
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
        admission.wakeLater();
    }

    void leave(Waiter waiter) {
        admission.left(waiter);
    }

    // ---- under the lock ----

    /** What keeps an attempt that comes now from waiting; null if it may wait within these limits. */
    @Nullable
    RuntimeException refusal(long now, AdmissionCall call, boolean retry) {
        observe(now);
        AdmissionSettings settings = admission.settings();
        long left = call.left(now);
        long wait = 0;
        if (settings.enabled()) {
            if (rejects) {
                return rejected(Bound.MAX_KEYS, AdmissionLanes.MOST + " in use", Duration.ZERO, now);
            }
            if (!admission.isFull() && gate.waiting() >= settings.maxWaiting()) {
                return rejected(Bound.MAX_WAITING, settings.maxWaiting() + " waiting", Duration.ZERO, now);
            }
            wait = gate.until(now, call.cost()) - now;
            long queued = gate.expectedQueue(now);
            if (Math.max(wait, queued) > gatePatience(call)) {
                return rejected(
                        Bound.MAX_WAIT,
                        Seconds.text(settings.maxWait()),
                        Duration.ZERO,
                        Duration.ofNanos(Math.max(wait, queued)));
            }
            if (wait >= left || queued > settings.deadlineShare() * left) {
                return rejected(
                        Bound.DEADLINE,
                        Seconds.text(Duration.ofNanos(Math.max(0, left))) + " left",
                        Duration.ZERO,
                        Duration.ofNanos(Math.max(wait, queued)));
            }
        }
        if (!settings.enabled() && !admission.isFull()) {
            circuit.countRejection();
            return circuit.refusal();
        }
        long closed = breaker.state() == CircuitState.CLOSED
                ? 0
                : breaker.untilPermitted(retry).toNanos();
        // A half-open circuit's probe may succeed at any moment, unless those before it were silent; the open time
        // passes in
        // any case.
        boolean inVain = circuit.isSilent() && closed >= Math.min(patience(call, retry), left);
        if (closed > 0 && (inVain || patience(call, retry) <= 0)) {
            circuit.countRejection();
            return circuit.refusalAfterWait();
        }
        ConcurrencySettings places = admission.concurrency();
        if (admission.isFull() && admission.pending() >= places.maxPending()) {
            return rejected(Bound.MAX_PENDING, places.maxPending() + " waiting", Duration.ZERO, Duration.ZERO);
        }
        return null;
    }

    /** Tells the call of an attempt that stays in the queue. */
    void report(long now, Waiter waiter) {
        AdmissionListener listener = waiter.call().listener();
        if (listener != null) {
            waiter.reportedBy(new WaitReport(listener, began(now, waiter)));
        }
    }

    private AdmissionEvent.WaitBegan began(long now, Waiter waiter) {
        boolean enabled = admission.settings().enabled();
        if (enabled && gate.isHeld(now)) {
            return began(WaitReason.GATE, gate.notBefore() - now);
        }
        if (enabled && back.isHeld(now)) {
            return began(WaitReason.GATE, back.until(now) - now);
        }
        if (admission.isFull()) {
            return began(WaitReason.LIMIT, 0);
        }
        CircuitState state = breaker.state();
        long gated = enabled ? Math.max(gate.until(now, waiter.call().cost()) - now, gate.expectedQueue(now)) : 0;
        if (gated > 0 || state == CircuitState.CLOSED) {
            return began(WaitReason.PACE, Math.max(gated, until(now, waiter) - now));
        }
        boolean known = state == CircuitState.OPEN;
        return began(
                WaitReason.CIRCUIT,
                known ? breaker.untilPermitted(waiter.isRetry()).toNanos() : 0);
    }

    private AdmissionEvent.WaitBegan began(WaitReason reason, long expected) {
        return new AdmissionEvent.WaitBegan(
                admission.name(), gate.key(), reason, Duration.ofNanos(Math.max(0, expected)));
    }

    Waiter.Limits limits(long now, AdmissionCall call, boolean retry) {
        AdmissionSettings settings = admission.settings();
        long most = settings.enabled() ? gatePatience(call) : 0;
        Bound bound = Bound.MAX_WAIT;
        boolean forPlace = admission.isFull();
        long place = admission.concurrency().pendingTimeout().toNanos();
        if (forPlace && (!settings.enabled() || place < most)) {
            most = place;
            bound = Bound.PENDING_TIMEOUT;
        }
        long left = call.left(now);
        if (left <= most) {
            most = left;
            bound = Bound.DEADLINE;
        }
        return new Waiter.Limits(now + Math.max(0, most), bound, forPlace, patience(call, retry));
    }

    private long gatePatience(AdmissionCall call) {
        return Math.max(0, admission.settings().maxWait().toNanos() - call.waitedAtGate());
    }

    private long patience(AdmissionCall call, boolean retry) {
        AdmissionSettings settings = admission.settings();
        if (!settings.enabled()) {
            return 0;
        }
        Duration allowed = retry ? circuit.settings().maxWait() : settings.circuitWait();
        if (allowed.compareTo(settings.maxWait()) > 0) {
            allowed = settings.maxWait();
        }
        return Math.max(0, allowed.toNanos() - call.waitedAtCircuit());
    }

    AdmissionRejectedException rejected(Bound bound, String value, Duration waited, long now) {
        long until = Math.max(0, gate.notBefore() - now);
        return rejected(bound, value, waited, Duration.ofNanos(until));
    }

    private AdmissionRejectedException rejected(Bound bound, String value, Duration waited, Duration until) {
        admission.countRejection();
        return new AdmissionRejectedException(admission.name(), bound, value, waited, until);
    }

    /** Follows the circuit: counts the time in which it is not closed, and paces those who waited when it closes. */
    void observe(long now) {
        boolean closed = breaker.state() == CircuitState.CLOSED;
        if (!closed && !blocked) {
            blocked = true;
            blockedSince = now;
        } else if (closed && blocked) {
            blocked = false;
            blockedTotal += now - blockedSince;
        }
        back.observe(now, closed, queue.isEmpty(), circuit.settings().ramp().toNanos());
    }

    long blockedTime(long now) {
        return blockedTotal + (blocked ? now - blockedSince : 0);
    }

    boolean isEmpty() {
        return queue.isEmpty();
    }

    int size() {
        return queue.size();
    }

    void add(Waiter waiter) {
        queue.add(waiter);
        byExpiry.add(waiter);
        byPatience.add(waiter);
        if (!waiter.forPlace) {
            gate.enter();
        }
        busy = true;
        // Nobody is rejected only because a batch begins slowly.
        if (2 * gate.waiting() >= admission.settings().maxWaiting()) {
            gate.start().end();
        }
    }

    /** Takes a waiter out, whatever for; false if it was not there. */
    boolean remove(Waiter waiter, long now) {
        if (!queue.remove(waiter)) {
            return false;
        }
        byExpiry.remove(waiter);
        byPatience.remove(waiter);
        if (!waiter.forPlace) {
            gate.leave();
        }
        admission.gone(waiter);
        waiter.call().waited(waiter.end(now), blockedTime(now) - waiter.blockedBefore);
        return true;
    }

    /** Clears the way for calls that need not wait. */
    void settle(long now) {
        observe(now);
        busy = !queue.isEmpty() || back.isOn();
    }

    /**
     * Rejects those whose wait is over, or cannot end in time.
     *
     * @param inclusive whether a wait that ends at this very instant is over
     */
    void expire(long now, boolean inclusive, List<Waiter> answered) {
        observe(now);
        long spare = inclusive ? 0 : 1;
        long hopeless = admission.settings().enabled() ? Math.max(now, gate.notBefore()) : now;
        while (!byExpiry.isEmpty() && byExpiry.first().expires + spare <= hopeless) {
            Waiter first = byExpiry.first();
            remove(first, now);
            String value = Seconds.text(Duration.ofNanos(first.expires - first.arrived));
            if (first.refuse(rejected(first.bound, value, first.waited(now), now))) {
                answered.add(first);
            }
        }
        while (blocked && !byPatience.isEmpty() && byPatience.first().patience + spare <= blockedTime(now)) {
            Waiter first = byPatience.first();
            remove(first, now);
            circuit.countRejection();
            if (first.refuse(circuit.refusalAfterWait())) {
                answered.add(first);
            }
        }
    }

    /** Takes out a waiter that does not wait; returns why it would have had to. */
    RuntimeException withdraw(Waiter waiter, long now) {
        long until =
                admission.settings().enabled() ? gate.until(now, waiter.call().cost()) : now;
        remove(waiter, now);
        if (until - now > 0 || gate.waiting() > 0) {
            return rejected(Bound.MAX_WAIT, "no wait", Duration.ZERO, Duration.ofNanos(Math.max(0, until - now)));
        }
        if (admission.isFull()) {
            return rejected(Bound.PENDING_TIMEOUT, "no wait", Duration.ZERO, Duration.ZERO);
        }
        circuit.countRejection();
        return circuit.refusalAfterWait();
    }

    /** The instant of the next rejection if nobody is admitted before. */
    long nextExpiry(long now) {
        long next = byExpiry.isEmpty() ? Long.MAX_VALUE : byExpiry.first().expires;
        if (blocked && !byPatience.isEmpty()) {
            next = Math.min(next, now + Math.max(0, byPatience.first().patience - blockedTime(now)));
        }
        return next;
    }

    /** Who goes next; null if nobody waits. */
    @Nullable
    Waiter head() {
        if (queue.isEmpty()) {
            return null;
        }
        if (breaker.state() != CircuitState.CLOSED && circuit.settings().mode() == CircuitMode.SOFT) {
            for (Waiter waiter : queue) {
                if (!waiter.isRetry()) {
                    return waiter;
                }
            }
        }
        return queue.first();
    }

    /** The instant until which its head has to wait; {@code now} or earlier: it need not. */
    long until(long now, Waiter head) {
        if (admission.settings().enabled()) {
            long gated = gate.until(now, head.call().cost());
            if (gated - now > 0) {
                return gated;
            }
            long start = gate.start().until(now);
            if (start - now > 0 && isPatient(now, head.call())) {
                return start;
            }
        }
        if (breaker.state() != CircuitState.CLOSED) {
            return now + breaker.untilPermitted(head.isRetry()).toNanos();
        }
        return back.until(now);
    }

    /** Lets its head go; false if the circuit does not admit it after all. */
    boolean admitHead(long now, Waiter head, List<Waiter> answered) {
        AdmissionPermit permit;
        try {
            permit = take(now, head.call(), head.isRetry(), admission.settings().enabled());
        } catch (Throwable thrown) {
            remove(head, now);
            if (head.refuse(Guard.signal(thrown))) {
                answered.add(head);
            }
            return true;
        }
        if (permit == null) {
            return false;
        }
        remove(head, now);
        gate.take(now);
        back.take();
        if (head.grant(permit)) {
            answered.add(head);
        } else {
            permit.release();
        }
        return true;
    }

    long shortestWait(long now) {
        return now + SHORTEST_WAIT;
    }

    /** Rejects all: their timer cannot be set. */
    void refuseAll(long now, Throwable why, List<Waiter> answered) {
        List<Waiter> all = new ArrayList<>(queue);
        for (Waiter waiter : all) {
            remove(waiter, now);
            if (waiter.refuse(why)) {
                answered.add(waiter);
            }
        }
    }

    // ---- eviction ----

    long idle(long now) {
        boolean isUsed = inFlight.get() > 0 || !queue.isEmpty();
        return isUsed || gate.isHeld(now) || gate.isPaced(now) ? 0 : Math.max(0, now - used);
    }

    void close() {
        circuit.forget(circuitListener);
    }
}
