package io.aicore.limit;

import io.aicore.internal.ClockReading;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;

/**
 * Decides for all calls to one provider when an attempt may be made, so that the refusal of one call is every call's
 * knowledge. Holds state: create one per provider and base URL, and share it.
 *
 * <pre>{@code
 * Admission admission = Admission.of("orders", AdmissionSettings.standard());
 * AdmissionLane lane = admission.lane("key-1", circuit);
 * Mono<Order> order = lane.protect(client.get(id), error -> AttemptOutcome.of(CircuitBreaker.defaultOutcome(error)));
 * }</pre>
 *
 * <p>An attempt passes the <b>gate</b> of its key (closed by a 429 for as long as the server asked, times
 * {@code U(1, 1.25)}; then opened at a pace that grows from the rate before), the <b>pace</b> that the server's reports of
 * what remains demand, a free <b>place</b> among the attempts in flight, and the <b>circuit</b>. What it cannot have at once it waits for
 * in one queue, by {@link Priority} and age, within the bounds of {@link AdmissionSettings}. Waiting sends nothing.
 *
 * <p>An attempt that need not wait takes no lock. One that waits holds a short lock to enter, leave and go; the earliest
 * timer of all waiting ones runs on the scheduler, which is also the clock. Keys unused for 30 minutes are removed, and
 * beyond 10,000 those unused for the longest time. A key is in use while one of its attempts waits or is in flight, its gate
 * is closed, or it was refused in the last minute; while 10,000 are, attempts with a further one are rejected at once
 * ({@link AdmissionRejectedException.Bound#MAX_KEYS}). Thread-safe and non-blocking.
 */
public final class Admission {

    private final String name;
    private final AdmissionClock clock;
    private final Object lock = new Object();
    private final ConcurrencyLimit limit;
    private final AdmissionEvents events = new AdmissionEvents();
    private final AdmissionLanes lanes = new AdmissionLanes();
    private final AdmissionQueue queue;
    private final AdmissionFeedback feedback;
    private final LongAdder rejections = new LongAdder();
    private volatile AdmissionSettings settings;

    private Admission(
            String name,
            AdmissionSettings settings,
            ConcurrencySettings concurrency,
            @Nullable Scheduler scheduler,
            DoubleSupplier random,
            AdmissionStore store) {
        this.name = Objects.requireNonNull(name, "name");
        this.settings = Objects.requireNonNull(settings, "settings");
        this.limit = new ConcurrencyLimit(concurrency);
        this.clock = new AdmissionClock(scheduler);
        this.queue = new AdmissionQueue(this, clock, lock);
        Objects.requireNonNull(random, "random");
        Objects.requireNonNull(store, "store");
        this.feedback = new AdmissionFeedback(this, lock, limit, lanes, random, store);
    }

    /** Admission with unlimited concurrency, the parallel scheduler (looked up at each use) and knowledge of its own. */
    public static Admission of(String name, AdmissionSettings settings) {
        return new Admission(
                name,
                settings,
                ConcurrencySettings.unlimited(),
                null,
                () -> ThreadLocalRandom.current().nextDouble(),
                AdmissionStore.NONE);
    }

    /**
     * Admission with its own clock and randomness.
     *
     * @param random supplies numbers from 0 (inclusive) to 1 (exclusive)
     */
    public static Admission of(
            String name,
            AdmissionSettings settings,
            ConcurrencySettings concurrency,
            Scheduler scheduler,
            DoubleSupplier random) {
        return of(name, settings, concurrency, scheduler, random, AdmissionStore.NONE);
    }

    /**
     * As {@link #of(String, AdmissionSettings, ConcurrencySettings, Scheduler, DoubleSupplier)}, sharing what it learns.
     *
     * @param store shares it with other processes
     */
    public static Admission of(
            String name,
            AdmissionSettings settings,
            ConcurrencySettings concurrency,
            Scheduler scheduler,
            DoubleSupplier random,
            AdmissionStore store) {
        Objects.requireNonNull(scheduler, "scheduler");
        Admission admission = new Admission(name, settings, concurrency, scheduler, random, store);
        store.hear(name, admission.feedback::told);
        return admission;
    }

    /** The name in messages and snapshots. */
    public String name() {
        return name;
    }

    public AdmissionSettings settings() {
        return settings;
    }

    /** Replaces the settings for later attempts; those that wait keep their bounds. */
    public void settings(AdmissionSettings settings) {
        this.settings = Objects.requireNonNull(settings, "settings");
        queue.wake();
    }

    /** The limit of attempts in flight. */
    public ConcurrencySettings concurrency() {
        return limit.settings();
    }

    /** Replaces the limit of attempts in flight; those in flight keep their places. */
    public void concurrency(ConcurrencySettings settings) {
        limit.settings(Objects.requireNonNull(settings, "settings"));
        queue.wake();
    }

    /** The lane of this key and circuit, without a further stage; see {@link #lane(String, CircuitBreaker, AdmissionStage)}. */
    public AdmissionLane lane(String key, CircuitBreaker circuit) {
        return lane(key, circuit, AdmissionStage.NONE);
    }

    /**
     * The lane of this key and circuit, created if needed. Lanes of one key share its gate. While 10,000 lanes are in use,
     * a further one rejects every attempt.
     *
     * @param key what shares a rate limit: an id of the credential, with the model where limits are per model. It is kept
     *     and appears in snapshots, so it must not be the credential itself
     * @param stage asked last; only that of the first call for a lane counts
     */
    public AdmissionLane lane(String key, CircuitBreaker circuit, AdmissionStage stage) {
        AdmissionLane known = lanes.find(key, circuit);
        if (known != null) {
            return known;
        }
        synchronized (lock) {
            long now = now();
            AdmissionLane lane =
                    lanes.create(now, key, circuit, gate -> new AdmissionLane(this, gate, circuit, stage, now));
            return lane != null ? lane : AdmissionLane.rejecting(this, new Gate(key, now), circuit, stage, now);
        }
    }

    /** A snapshot for dashboards and metrics. */
    public AdmissionSnapshot snapshot() {
        Map<String, AdmissionSnapshot.GateState> states = new HashMap<>();
        int width = limit.limit();
        synchronized (lock) {
            long now = now();
            lanes.forEachGate((key, gate) -> states.put(key, AdmissionSnapshot.GateState.of(gate, now)));
        }
        return new AdmissionSnapshot(
                name, limit.inFlight(), width, queue.waiting(), rejections.sum(), Map.copyOf(states));
    }

    /**
     * Emits a snapshot at subscription and after each event. Never completes. A slow subscriber gets only the latest.
     */
    public Flux<AdmissionSnapshot> snapshots() {
        return Flux.defer(() -> events.flux().map(event -> snapshot()).startWith(snapshot()))
                .onBackpressureLatest();
    }

    /**
     * Emits what happens: gates that close, paces that change, attempts that are rejected. Never completes; a subscriber
     * that has no demand misses events. Emits on the thread that caused the event.
     */
    public Flux<AdmissionEvent> events() {
        return events.flux();
    }

    AdmissionQueue queue() {
        return queue;
    }

    void ended(AdmissionLane lane, AdmissionPermit permit, AttemptOutcome outcome) {
        feedback.ended(lane, permit, outcome);
    }

    void emit(Supplier<AdmissionEvent> event) {
        events.emit(event);
    }

    long takePlace() {
        return limit.tryTake();
    }

    void returnPlace() {
        limit.release();
        queue.placeReturned();
    }

    boolean isFull() {
        return limit.isFull();
    }

    void countRejection() {
        rejections.increment();
    }

    long now() {
        return clock.now();
    }

    long now(@Nullable ClockReading begun) {
        return clock.now(begun);
    }

    Scheduler clock() {
        return clock.scheduler();
    }

    @Override
    public String toString() {
        return "Admission[" + name + "]";
    }
}
