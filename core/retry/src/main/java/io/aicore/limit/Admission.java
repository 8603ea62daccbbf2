package io.aicore.limit;

import io.aicore.limit.AdmissionRejectedException.Bound;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

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

    private static final AdmissionCallback NOBODY = new AdmissionCallback() {
        @Override
        public void admitted(AdmissionPermit permit) {}

        @Override
        public void rejected(Throwable why) {}
    };

    private final String name;
    private final @Nullable Scheduler scheduler;
    private final DoubleSupplier random;
    private final AdmissionStore store;
    private final ConcurrencyLimit limit;
    private final AdmissionEvents events = new AdmissionEvents();
    private final AdmissionLanes lanes = new AdmissionLanes();
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicInteger pending = new AtomicInteger();
    private final AtomicLong numbers = new AtomicLong();
    private final LongAdder rejections = new LongAdder();
    private volatile AdmissionSettings settings;

    private final Object lock = new Object();
    private final Set<AdmissionLane> queueing = new LinkedHashSet<>();
    private @Nullable Disposable timer;
    private long timerAt;
    private long timerNumber;
    private boolean again;

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
        this.scheduler = scheduler;
        this.random = Objects.requireNonNull(random, "random");
        this.store = Objects.requireNonNull(store, "store");
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
        store.hear(name, admission::told);
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
        wake();
    }

    /** The limit of attempts in flight. */
    public ConcurrencySettings concurrency() {
        return limit.settings();
    }

    /** Replaces the limit of attempts in flight; those in flight keep their places. */
    public void concurrency(ConcurrencySettings settings) {
        limit.settings(Objects.requireNonNull(settings, "settings"));
        wake();
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
                name, limit.inFlight(), width, waiting.get(), rejections.sum(), Map.copyOf(states));
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

    // ---- the way in ----

    Disposable queue(AdmissionLane lane, AdmissionCall call, boolean retry, AdmissionCallback callback, long now) {
        List<Waiter> answered;
        Waiter waiter;
        RuntimeException refusal;
        boolean atOnce = false;
        synchronized (lock) {
            refusal = lane.refusal(now, call, retry);
            if (refusal == null) {
                waiter = enter(lane, call, retry, callback, now);
                answered = new ArrayList<>();
                sweep(now, answered);
                atOnce = answered.remove(waiter);
                if (!atOnce) {
                    lane.report(now, waiter);
                }
            } else {
                waiter = null;
                answered = List.of();
            }
        }
        if (waiter == null) {
            emitRejection(lane, refusal);
            callback.rejected(Objects.requireNonNull(refusal));
            return Entry.ANSWERED;
        }
        if (atOnce) {
            waiter.deliver();
        }
        later(answered);
        return waiter;
    }

    AdmissionPermit tryQueue(AdmissionLane lane, AdmissionCall call, boolean retry, long now) {
        List<Waiter> answered = new ArrayList<>();
        AdmissionPermit permit = null;
        Throwable refusal;
        synchronized (lock) {
            refusal = lane.refusal(now, call, retry);
            if (refusal == null) {
                Waiter waiter = enter(lane, call, retry, NOBODY, now);
                sweep(now, answered);
                if (answered.remove(waiter)) {
                    permit = waiter.take();
                    refusal = waiter.refusal();
                } else {
                    refusal = lane.withdraw(waiter, now);
                    settle(lane, now);
                }
            }
        }
        later(answered);
        if (permit != null) {
            return permit;
        }
        emitRejection(lane, refusal);
        throw refusal instanceof RuntimeException known ? known : new IllegalStateException(refusal);
    }

    private Waiter enter(AdmissionLane lane, AdmissionCall call, boolean retry, AdmissionCallback callback, long now) {
        Waiter.Limits limits = lane.limits(now, call, retry);
        long rank =
                call.priorityOr(settings.priority()).rank(now - call.waited().toNanos());
        Waiter.Place place = new Waiter.Place(numbers.incrementAndGet(), now, rank, lane.blockedTime(now), limits);
        Waiter waiter = new Waiter(lane, call, retry, callback, place);
        lane.add(waiter);
        queueing.add(lane);
        waiting.incrementAndGet();
        if (limits.forPlace()) {
            pending.incrementAndGet();
        }
        return waiter;
    }

    /** Under the lock: a lane has taken this waiter out. */
    void gone(Waiter waiter) {
        waiting.decrementAndGet();
        if (waiter.forPlace) {
            pending.decrementAndGet();
        }
    }

    /** Under the lock: lets everybody go who may, rejects whose wait is over, and sets the timer for the next. */
    private void sweep(long now, List<Waiter> answered) {
        do {
            again = false;
            sweepOnce(now, answered);
        } while (again);
    }

    private void sweepOnce(long now, List<Waiter> answered) {
        long next = Long.MAX_VALUE;
        for (AdmissionLane lane : queueing) {
            lane.expire(now, false, answered);
        }
        Set<AdmissionLane> refused = new LinkedHashSet<>();
        while (!limit.isFull()) {
            Waiter first = null;
            next = Long.MAX_VALUE;
            for (AdmissionLane lane : queueing) {
                Waiter head = lane.head();
                if (head == null) {
                    continue;
                }
                long until = refused.contains(lane) ? lane.shortestWait(now) : lane.until(now, head);
                if (until - now > 0) {
                    next = Math.min(next, until);
                } else if (first == null || Waiter.BY_RANK.compare(head, first) < 0) {
                    first = head;
                }
            }
            if (first == null) {
                break;
            }
            if (!first.lane().admitHead(now, first, answered)) {
                refused.add(first.lane());
            }
        }
        for (Iterator<AdmissionLane> i = queueing.iterator(); i.hasNext(); ) {
            AdmissionLane lane = i.next();
            lane.expire(now, true, answered);
            lane.settle(now);
            if (lane.isEmpty()) {
                i.remove();
            } else {
                next = Math.min(next, lane.nextExpiry(now));
            }
        }
        arm(now, next, answered);
    }

    private void arm(long now, long next, List<Waiter> answered) {
        Disposable set = timer;
        if (next == Long.MAX_VALUE) {
            timer = null;
            if (set != null) {
                set.dispose();
            }
            return;
        }
        if (set != null && timerAt == next) {
            return;
        }
        if (set != null) {
            set.dispose();
        }
        try {
            timerAt = next;
            long number = ++timerNumber;
            timer = clock().schedule(() -> onTimer(number), Math.max(0, next - now), TimeUnit.NANOSECONDS);
        } catch (RuntimeException disposed) {
            timer = null;
            queueing.forEach(lane -> lane.refuseAll(now, disposed, answered));
        }
    }

    private void onTimer(long number) {
        synchronized (lock) {
            if (number != timerNumber) {
                return; // it fired while a sweep replaced it
            }
            timer = null;
        }
        wake();
    }

    /** Looks again at everybody who waits. */
    void wake() {
        if (waiting.get() == 0) {
            return;
        }
        if (Thread.holdsLock(lock)) {
            // A scheduler that runs tasks at once, on virtual time: the sweep that caused this looks again.
            again = true;
            return;
        }
        List<Waiter> answered = new ArrayList<>();
        synchronized (lock) {
            sweep(now(), answered);
        }
        later(answered);
    }

    /** As {@link #wake()}, for callers that may hold other locks, or this one. */
    void wakeLater() {
        if (waiting.get() > 0) {
            run(this::wake);
        }
    }

    private void later(List<Waiter> answered) {
        answered.forEach(waiter -> run(waiter::deliver));
    }

    private void run(Runnable task) {
        try {
            clock().schedule(task);
        } catch (RuntimeException disposed) {
            task.run();
        }
    }

    /** A waiter leaves by itself. */
    void left(Waiter waiter) {
        synchronized (lock) {
            long now = now();
            if (waiter.lane().remove(waiter, now)) {
                settle(waiter.lane(), now);
            }
        }
    }

    /** Under the lock: somebody has left a lane by itself. */
    private void settle(AdmissionLane lane, long now) {
        lane.settle(now);
        if (lane.isEmpty()) {
            queueing.remove(lane);
        }
        Disposable set = timer;
        if (queueing.isEmpty() && set != null) {
            set.dispose();
            timer = null;
        }
    }

    // ---- what attempts report ----

    void ended(AdmissionLane lane, AdmissionPermit permit, AttemptOutcome outcome) {
        if (outcome.health() == Outcome.IGNORED && !outcome.limited()) {
            return;
        }
        long now = now();
        Gate gate = lane.gate();
        Duration asked = outcome.retryAfter();
        if (outcome.limited()) {
            limit.refused(permit.number());
            gate.countRefusal(now);
            if (settings.enabled()) {
                limited(gate, now, asked, permit.isRetry());
            }
        } else if (outcome.health() == Outcome.FAILURE) {
            limit.refused(permit.number());
            if (asked != null && settings.enabled()) {
                synchronized (lock) {
                    lane.hold(now, asked, random.getAsDouble());
                }
            }
        } else {
            limit.succeeded();
            if (gate.isPaced()) {
                synchronized (lock) {
                    gate.accepted(now);
                }
            }
        }
        wake();
    }

    private void limited(Gate gate, long now, @Nullable Duration asked, boolean retry) {
        boolean later = asked != null && gate.hold(now, asked, random.getAsDouble());
        Double pace;
        synchronized (lock) {
            gate.refused(now, retry);
            pace = gate.perSecond();
        }
        Duration closed = Duration.ofNanos(Math.max(0, gate.notBefore() - now));
        if (later) {
            store.tell(new AdmissionStore.Hold(name, gate.key(), closed));
        }
        events.emit(() -> new AdmissionEvent.Limited(name, gate.key(), closed, pace == null ? 0 : pace));
    }

    /** Another process was refused. */
    private void told(AdmissionStore.Hold hold) {
        long now = now();
        long until = now + hold.time().toNanos();
        Gate gate;
        synchronized (lock) {
            gate = lanes.gateToHold(hold.key(), now, until);
        }
        if (gate != null && settings.enabled() && gate.holdUntil(until)) {
            events.emit(() -> new AdmissionEvent.Limited(name, hold.key(), hold.time(), 0));
            wake();
        }
    }

    private void emitRejection(AdmissionLane lane, @Nullable Throwable refusal) {
        if (refusal instanceof AdmissionRejectedException rejected) {
            Bound bound = rejected.bound();
            events.emit(() -> new AdmissionEvent.Rejected(name, lane.gate().key(), bound, rejected.untilAdmission()));
        }
    }

    long takePlace() {
        return limit.tryTake();
    }

    void returnPlace() {
        limit.release();
        // A sweep that gives a place back goes on looking by itself.
        if (waiting.get() > 0 && !Thread.holdsLock(lock)) {
            wake();
        }
    }

    boolean isFull() {
        return limit.isFull();
    }

    int pending() {
        return pending.get();
    }

    void countRejection() {
        rejections.increment();
    }

    long now() {
        return clock().now(TimeUnit.NANOSECONDS);
    }

    private Scheduler clock() {
        return scheduler == null ? Schedulers.parallel() : scheduler;
    }

    @Override
    public String toString() {
        return "Admission[" + name + "]";
    }
}
