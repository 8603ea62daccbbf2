package io.aicore.limit;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * Leave to make one attempt, from {@link CircuitBreaker#tryAcquire()}. End it on every path: success, error, cancel,
 * timeout; the first outcome given counts, any later one does nothing. Safe from any thread, never blocks.
 *
 * <p>A permit remembers the circuit's epoch: an outcome that arrives after the circuit has moved on (or after a probe's
 * lease went to another call, for a failure) changes nothing but {@link CircuitMetrics#stale()}.
 */
public final class Permit implements Ticket {

    private static final AtomicIntegerFieldUpdater<Permit> STATE =
            AtomicIntegerFieldUpdater.newUpdater(Permit.class, "state");
    private static final AtomicIntegerFieldUpdater<Permit> HEARD =
            AtomicIntegerFieldUpdater.newUpdater(Permit.class, "heard");

    private static final int PENDING = 0;
    private static final int SUCCEEDED = 1;
    private static final int ENDED = 2;
    private static final int BROKEN = 3;

    private final Circuit circuit;
    private final @Nullable Epoch epoch;
    private final long start;
    private final PendingCalls.@Nullable Second second;
    private final HalfOpenEpoch.@Nullable Lease lease;
    private volatile int state;
    private volatile int heard;

    /**
     * @param epoch null: the circuit is disabled
     * @param second where the attempt is counted as pending, if it is
     * @param lease the probe's, if it is one
     */
    Permit(
            Circuit circuit,
            @Nullable Epoch epoch,
            long start,
            PendingCalls.@Nullable Second second,
            HalfOpenEpoch.@Nullable Lease lease) {
        this.circuit = circuit;
        this.epoch = epoch;
        this.start = start;
        this.second = second;
        this.lease = lease;
    }

    /** The provider did what was asked (a body decoded, the first content token). True if this decided the outcome. */
    public boolean success() {
        return end(Outcome.SUCCESS);
    }

    /** The provider failed: connection, timeout of the first byte, 5xx. True if this decided the outcome. */
    public boolean failure() {
        return end(Outcome.FAILURE);
    }

    /** The provider answered something that proves it is up (400, 401, 404, 429). True if this decided the outcome. */
    public boolean alive() {
        return end(Outcome.ALIVE);
    }

    /** The caller cancelled, or nothing was sent: counts as nothing, a lease goes back. True if this decided. */
    public boolean ignore() {
        return end(Outcome.IGNORED);
    }

    /** The same by value. True if this decided the outcome. */
    @Override
    public boolean end(Outcome outcome) {
        if (!STATE.compareAndSet(this, PENDING, outcome == Outcome.SUCCESS ? SUCCEEDED : ENDED)) {
            return false;
        }
        if (epoch != null) {
            circuit.ended(this, epoch, outcome);
        }
        return true;
    }

    /**
     * The provider sent something: the attempt can't become overdue any more, a probe's lease is over, so that the next
     * call may probe as well, and the time it took feeds the 99th percentile that overdue limit and lease are made of.
     * {@link #success()} implies it.
     */
    @Override
    public void firstByte() {
        if (state == PENDING && epoch != null && !isStale()) {
            long now = circuit.now();
            timeFirstByte(now);
            if (lease != null) {
                lease.end(now);
            }
        }
    }

    /**
     * The attempt is rightly silent until it is done, as a model that answers as a whole: it never becomes overdue, and
     * its time is no time to first byte. To be said before anything else.
     */
    public void expectSilence() {
        leavePending();
    }

    /**
     * The attempt may rightly be silent for this long, as a model that thinks before it answers: the caller gives it up
     * then, until when it is not overdue and a probe keeps its lease. Its time is no time to first byte. To be said
     * before anything else.
     */
    public void expectSilence(Duration longest) {
        leavePending();
        if (lease != null) {
            lease.extend(start + longest.toNanos());
        }
    }

    /** After {@link #success()}: the provider broke the stream it had begun, a failure of its own. Counts once. */
    @Override
    public void broken() {
        if (STATE.compareAndSet(this, SUCCEEDED, BROKEN) && epoch != null) {
            circuit.broken(epoch);
        }
    }

    /**
     * Whether the circuit has moved on, or the lease is another call's: an outcome given now changes nothing, except that
     * a late answer still proves a half-open provider alive.
     */
    public boolean isStale() {
        if (epoch == null) {
            return false;
        }
        boolean lost = lease != null && state == PENDING && epoch instanceof HalfOpenEpoch h && !h.holds(lease);
        return lost || !circuit.isCurrent(epoch);
    }

    /** Whether this attempt is a half-open circuit's probe. */
    public boolean isProbe() {
        return lease != null;
    }

    HalfOpenEpoch.@Nullable Lease lease() {
        return lease;
    }

    void timeFirstByte(long now) {
        if (hears()) {
            if (second != null) {
                second.leave();
            }
            circuit.firstByte(now - start, now);
        }
    }

    /** Stops waiting for the first byte; true if it did wait until now. */
    boolean leavePending() {
        if (second == null || !hears()) {
            return false;
        }
        second.leave();
        return true;
    }

    boolean isOverdue(long now, long limit) {
        return second != null && second.isOverdue(now, limit);
    }

    private boolean hears() {
        return heard == 0 && HEARD.compareAndSet(this, 0, 1);
    }

    /** Never given to anybody. */
    void withdraw() {
        state = ENDED;
        leavePending();
    }
}
