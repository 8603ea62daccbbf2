package io.aicore.limit;

import io.aicore.limit.HalfOpenEpoch.Lease;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * Permission for one attempt, from {@link CircuitBreaker#tryAcquire()}. Must be completed on every path: success,
 * error, cancel, timeout. The first outcome counts, later ones are ignored. Thread-safe and non-blocking.
 *
 * <p>A permit belongs to the circuit's epoch at its creation: an outcome that arrives after the circuit has moved on
 * (or, for a failure, after the probe's lease went to another call) only increments {@link CircuitMetrics#stale()}.
 */
public final class Permit implements Ticket {

    private static final AtomicIntegerFieldUpdater<Permit> STATE =
            AtomicIntegerFieldUpdater.newUpdater(Permit.class, "state");

    private static final int PENDING = 0;
    private static final int SUCCEEDED = 1;
    private static final int ENDED = 2;
    private static final int BROKEN = 3;
    private static final int OUTCOME = 3;

    /** Beside the outcome: no first byte is waited for. */
    private static final int HEARD = 4;

    private final @Nullable Epoch epoch;
    private final long start;
    private final @Nullable Object place;
    private volatile int state;

    /**
     * @param epoch null: the circuit is disabled
     * @param place the {@link Bucket} of the second in which the attempt began, if it may become slow; the
     *     {@link HalfOpenEpoch.Lease} of a probe; null for another attempt
     */
    Permit(@Nullable Epoch epoch, long start, @Nullable Object place) {
        this.epoch = epoch;
        this.start = start;
        this.place = place;
    }

    /**
     * The provider did what was requested (a decoded body, the first content token). True if this call completed the
     * permit.
     */
    public boolean success() {
        return end(Outcome.SUCCESS);
    }

    /** The provider failed: connection error, first-byte timeout, 5xx. True if this call completed the permit. */
    public boolean failure() {
        return end(Outcome.FAILURE);
    }

    /**
     * The provider responded with an error that proves it is up (400, 401, 404, 429). True if this call completed the
     * permit.
     */
    public boolean alive() {
        return end(Outcome.ALIVE);
    }

    /**
     * The caller cancelled, or nothing was sent: not counted, a lease is released. True if this call completed the
     * permit.
     */
    public boolean ignore() {
        return end(Outcome.IGNORED);
    }

    /** Completes the permit with the given outcome. True if this call completed it. */
    @Override
    public boolean end(Outcome outcome) {
        int end = HEARD | (outcome == Outcome.SUCCESS ? SUCCEEDED : ENDED);
        boolean heard = !STATE.compareAndSet(this, PENDING, end);
        if (heard && !STATE.compareAndSet(this, HEARD, end)) {
            return false;
        }
        if (epoch != null) {
            epoch.circuit.ended(this, epoch, outcome, heard);
        }
        return true;
    }

    /**
     * The provider sent its first byte: the attempt can no longer become slow, a probe's lease ends so that the next
     * call may probe as well, and the time feeds the p99 from which slow-call limit and lease are derived. Implied by
     * {@link #success()}.
     */
    @Override
    public void firstByte() {
        if (isPending() && epoch != null && !isStale()) {
            Circuit circuit = epoch.circuit;
            long now = circuit.now();
            if (hears()) {
                if (place instanceof Bucket second) {
                    second.heard();
                }
                circuit.firstByte(now - start, now);
            }
            if (place instanceof Lease lease) {
                lease.end(now);
            }
        }
    }

    /**
     * No bytes are expected before completion (non-streaming); the attempt never counts as slow, and its duration is
     * not recorded as a time to first byte. Call it before any other method.
     */
    public void expectSilence() {
        neverBecomesSlow();
    }

    /**
     * No bytes are expected for this long, as from a model that thinks before it responds. Until then the attempt does
     * not count as slow and a probe keeps its lease; the caller ends the attempt after it. Its duration is not recorded
     * as a time to first byte. Call it before any other method.
     */
    public void expectSilence(Duration longest) {
        neverBecomesSlow();
        if (place instanceof Lease lease) {
            lease.extend(start + longest.toNanos());
        }
    }

    /**
     * After {@link #success()}: the provider broke the stream that it had begun. Counts once, as a separate failure.
     */
    @Override
    public void broken() {
        if (STATE.compareAndSet(this, HEARD | SUCCEEDED, HEARD | BROKEN) && epoch != null) {
            epoch.circuit.broken(epoch);
        }
    }

    /**
     * Whether an outcome would no longer count, because the circuit has moved on or the lease belongs to another call.
     * A late response still counts as proof that the provider is up.
     */
    public boolean isStale() {
        if (epoch == null) {
            return false;
        }
        boolean lost = place instanceof Lease lease
                && isPending()
                && epoch instanceof HalfOpenEpoch halfOpen
                && !halfOpen.holds(lease);
        return lost || !epoch.circuit.isCurrent(epoch);
    }

    /** Whether this attempt is the probe of a half-open circuit. */
    public boolean isProbe() {
        return place instanceof Lease;
    }

    @Nullable
    Lease lease() {
        return place instanceof Lease lease ? lease : null;
    }

    /** The second in which the attempt began, if it may become slow. */
    @Nullable
    Bucket second() {
        return place instanceof Bucket second ? second : null;
    }

    long start() {
        return start;
    }

    /** Discards a permit that was never returned to a caller. */
    void withdraw() {
        state = HEARD | ENDED;
        if (place instanceof Bucket second) {
            second.ended(false);
        }
    }

    private void neverBecomesSlow() {
        if (place instanceof Bucket second && hears()) {
            second.heard();
        }
    }

    private boolean isPending() {
        return (state & OUTCOME) == PENDING;
    }

    private boolean hears() {
        return STATE.compareAndSet(this, PENDING, HEARD);
    }
}
