package io.aicore.limit;

import io.aicore.internal.Seconds;
import io.aicore.limit.AdmissionRejectedException.Bound;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The attempts that wait in one lane: who goes next and when, and whose wait is over. Belongs to the lock of {@link Admission}. */
final class LaneQueue {

    private static final long SHORTEST_WAIT = 1_000_000;

    private final Admission admission;
    private final AdmissionLane lane;
    private final Gate gate;
    private final CircuitBreaker breaker;
    private final Circuit circuit;
    private final PacedReturn back;
    private final WaitBounds bounds;
    private final NavigableSet<Waiter> queue = new TreeSet<>(Waiter.BY_RANK);
    private final NavigableSet<Waiter> byExpiry = new TreeSet<>(Waiter.BY_EXPIRY);
    private final NavigableSet<Waiter> byPatience = new TreeSet<>(Waiter.BY_PATIENCE);
    private boolean blocked;
    private long blockedSince;
    private long blockedTotal;

    LaneQueue(Admission admission, AdmissionLane lane, Gate gate, PacedReturn back, WaitBounds bounds) {
        this.admission = admission;
        this.lane = lane;
        this.gate = gate;
        this.breaker = lane.circuit();
        this.circuit = breaker.core();
        this.back = back;
        this.bounds = bounds;
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

    void add(Waiter waiter) {
        queue.add(waiter);
        byExpiry.add(waiter);
        byPatience.add(waiter);
        if (!waiter.forPlace) {
            gate.enter();
        }
        lane.busy(true);
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
        admission.queue().gone(waiter);
        waiter.call().waited(waiter.end(now), blockedTime(now) - waiter.blockedBefore);
        return true;
    }

    /** Clears the way for calls that need not wait. */
    void settle(long now) {
        observe(now);
        lane.busy(!queue.isEmpty() || back.isOn());
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
            if (first.refuse(bounds.rejected(first.bound, value, first.waited(now), now))) {
                answered.add(first);
            }
        }
        while (blocked && !byPatience.isEmpty() && byPatience.first().patience + spare <= blockedTime(now)) {
            Waiter first = byPatience.first();
            remove(first, now);
            if (first.refuse(circuit.refuse(circuit.now(), true))) {
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
            return bounds.rejected(
                    Bound.MAX_WAIT, "no wait", Duration.ZERO, Duration.ofNanos(Math.max(0, until - now)));
        }
        if (admission.isFull()) {
            return bounds.rejected(Bound.PENDING_TIMEOUT, "no wait", Duration.ZERO, Duration.ZERO);
        }
        return circuit.refuse(circuit.now(), true);
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
            if (start - now > 0 && bounds.isPatient(now, head.call())) {
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
            permit = lane.take(
                    now,
                    head.call().cost(),
                    head.isRetry(),
                    admission.settings().enabled());
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
}
