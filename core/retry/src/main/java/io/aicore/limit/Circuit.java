package io.aicore.limit;

import io.aicore.internal.ClockReading;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** The state behind a {@link CircuitBreaker}: the current epoch, what outlives epochs, and the transitions. */
final class Circuit {

    private static final int MAX_DOUBLINGS = 30;
    private static final long USED_RESOLUTION = 1_000_000_000;

    private static final AtomicReferenceFieldUpdater<Circuit, Epoch> EPOCH =
            AtomicReferenceFieldUpdater.newUpdater(Circuit.class, Epoch.class, "epoch");

    private final String name;
    private final @Nullable Scheduler scheduler;
    private final DoubleSupplier random;
    private final StateChanges changes;
    private final FirstByteTimes firstByteTimes = new FirstByteTimes();
    private final LongAdder unhurried = new LongAdder();
    private final List<Epoch> earlier = new CopyOnWriteArrayList<>();
    private final LongAdder stale = new LongAdder();
    private final LongAdder rejected = new LongAdder();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private volatile Epoch epoch;
    private volatile CircuitSettings settings;
    private volatile long used;

    Circuit(String name, CircuitSettings settings, @Nullable Scheduler scheduler, DoubleSupplier random) {
        this.name = name;
        this.settings = settings;
        this.scheduler = scheduler;
        this.random = random;
        long now = now();
        this.used = now;
        this.epoch = new ClosedEpoch(this, now, 0);
        this.changes = new StateChanges(() -> epoch.state());
    }

    Permit acquire(boolean retry) {
        Permit permit = acquireOrNull(retry, null);
        if (permit == null) {
            throw refuse(now(), false);
        }
        return permit;
    }

    /** A permit; null if refused. */
    @Nullable
    Permit acquireOrNull(boolean retry, @Nullable ClockReading begun) {
        Epoch current = epoch;
        return acquireOrNull(retry, false, current, now(begun));
    }

    /**
     * A permit; null if refused.
     *
     * @param waits the caller's attempts wait for admission and are spread out after closing by it, so the ramp does not
     *     apply, and a probe that stays silent is waited for longer
     * @param start now, on the clock of this circuit
     */
    @Nullable
    Permit acquireOrNull(boolean retry, boolean waits, long start) {
        return acquireOrNull(retry, waits, epoch, start);
    }

    private @Nullable Permit acquireOrNull(boolean retry, boolean waits, Epoch latest, long start) {
        CircuitSettings s = settings;
        Epoch current = latest;
        long now = start;
        if (!s.enabled()) {
            usedAt(now);
            return new Permit(null, now, null);
        }
        boolean soft = s.mode() == CircuitMode.SOFT && !retry;
        while (true) {
            Permit permit = current.admit(now, soft, waits);
            if (permit != null) {
                if (permit.second() == null) {
                    unhurried.increment();
                }
                return permit;
            }
            Epoch next = epoch;
            if (next == current) {
                usedAt(now);
                return null;
            }
            current = next;
            now = now();
        }
    }

    /** Counts a refusal. */
    CallNotPermittedException refuse(@Nullable ClockReading begun) {
        return refuse(now(begun), false);
    }

    /**
     * Counts a refusal.
     *
     * @param waited whether the call has waited for the circuit
     */
    CallNotPermittedException refuse(long now, boolean waited) {
        rejected.increment();
        return epoch.refusal(now, waited);
    }

    /** Runs after each transition, and when a probe gave its lease back; must be quick and must not throw. */
    void listen(Runnable listener) {
        listeners.add(listener);
    }

    void forget(Runnable listener) {
        listeners.remove(listener);
    }

    void tellListeners() {
        listeners.forEach(Runnable::run);
    }

    /**
     * Records the outcome of an attempt; called once per permit.
     *
     * @param heard whether its first byte came before, or none is expected
     */
    void ended(Permit permit, Epoch admittedUnder, Outcome outcome, boolean heard) {
        Bucket second = permit.second();
        if (second == null) {
            unhurried.decrement();
        }
        long now = endOf(second, heard);
        usedAt(now);
        if (epoch == admittedUnder) {
            admittedUnder.ended(permit, outcome, heard, now);
            if (permit.lease() != null && outcome == Outcome.IGNORED) {
                tellListeners();
            }
            return;
        }
        if (second != null) {
            second.ended(heard);
        }
        stale(outcome);
    }

    /** The instant; a clock that throws must not leave the attempt pending. */
    private long endOf(@Nullable Bucket second, boolean heard) {
        try {
            return now();
        } catch (Throwable thrown) {
            if (second != null) {
                second.ended(heard);
            }
            throw thrown;
        }
    }

    void broken(Epoch admittedUnder) {
        if (epoch == admittedUnder) {
            admittedUnder.broken(now());
        } else {
            stale.increment();
        }
    }

    void stale(Outcome outcome) {
        if (outcome != Outcome.IGNORED) {
            stale.increment();
        }
    }

    boolean isCurrent(Epoch other) {
        return epoch == other;
    }

    void firstByte(long elapsed, long now) {
        firstByteTimes.record(elapsed, now);
    }

    long p99() {
        return firstByteTimes.p99();
    }

    /**
     * @param probes how many have to fail in a row before it opens again
     */
    void open(Epoch from, long now, long begin, int round, int probes) {
        CircuitSettings s = settings;
        double doubled = s.openTime().toNanos() * (double) (1L << Math.min(round, MAX_DOUBLINGS));
        double nanos = Math.min(doubled, (double) s.maxOpenTime().toNanos()) * (0.5 + random());
        transition(from, new OpenEpoch(this, now, begin, round, probes, (long) nanos));
    }

    void close(Epoch from, long now) {
        transition(from, new ClosedEpoch(this, now, settings.ramp().toNanos()));
    }

    boolean transition(Epoch from, Epoch to) {
        if (!EPOCH.compareAndSet(this, from, to)) {
            return false;
        }
        earlier.removeIf(other -> other.pending() == 0);
        if (from instanceof ClosedEpoch) {
            earlier.add(from);
        }
        changes.changed();
        tellListeners();
        return true;
    }

    String name() {
        return name;
    }

    CircuitState state() {
        return epoch.state();
    }

    Flux<CircuitState> states() {
        return changes.states();
    }

    CircuitSettings settings() {
        return settings;
    }

    void settings(CircuitSettings replacement) {
        settings = replacement;
        epoch.adapt(now());
    }

    boolean isSilent() {
        return epoch.isSilent();
    }

    Duration untilPermitted(boolean retry) {
        return Duration.ofNanos(untilPermitted(retry, now()));
    }

    /** Nanoseconds until an attempt could be admitted; 0: now. */
    long untilPermitted(boolean retry, long now) {
        CircuitSettings s = settings;
        boolean always = !s.enabled() || (s.mode() == CircuitMode.SOFT && !retry);
        return always ? 0 : epoch.untilPermitted(now);
    }

    CircuitMetrics metrics() {
        Epoch e = epoch;
        long now = now();
        long calls = e.calls(now);
        return new CircuitSnapshot(
                e.state(),
                calls == 0 ? 0 : (double) e.failures(now) / calls,
                calls,
                pending(),
                e.overdue(now),
                stale.sum(),
                rejected.sum(),
                Duration.ofNanos(Math.max(0, now - e.since)),
                Duration.ofNanos(e.untilPermitted(now)));
    }

    private long pending() {
        long pending = unhurried.sum() + epoch.pending();
        for (Epoch other : earlier) {
            pending += other.pending();
        }
        return pending;
    }

    /** How long no permit was requested or completed; 0 while calls are pending. */
    long idle() {
        return pending() > 0 ? 0 : Math.max(0, now() - used);
    }

    void touch() {
        used = now();
    }

    /** Rounded to a second: all threads write this field. A pending call needs none, as it is a use by itself. */
    private void usedAt(long now) {
        if (now - used > USED_RESOLUTION) {
            used = now;
        }
    }

    double random() {
        return random.getAsDouble();
    }

    long now() {
        return clock().now(TimeUnit.NANOSECONDS);
    }

    private long now(@Nullable ClockReading begun) {
        return begun != null && begun.isOf(clock()) ? begun.instant() : now();
    }

    /** The instant on this clock, which is {@code known} on another one. */
    long now(Scheduler other, long known) {
        return other == clock() ? known : now();
    }

    private Scheduler clock() {
        return scheduler == null ? Schedulers.parallel() : scheduler;
    }
}
