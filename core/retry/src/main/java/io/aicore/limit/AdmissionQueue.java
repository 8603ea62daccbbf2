package io.aicore.limit;

import io.aicore.limit.AdmissionRejectedException.Bound;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;

/** The attempts that wait in all lanes of an {@link Admission}: one order, one lock, one timer. */
final class AdmissionQueue {

    private static final AdmissionCallback NOBODY = new AdmissionCallback() {
        @Override
        public void admitted(AdmissionPermit permit) {}

        @Override
        public void rejected(Throwable why) {}
    };

    private final Admission admission;
    private final AdmissionClock clock;
    private final Object lock;
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicInteger pending = new AtomicInteger();
    private final AtomicLong numbers = new AtomicLong();

    // Below: under the lock.
    private final Set<AdmissionLane> queueing = new LinkedHashSet<>();
    private @Nullable Disposable timer;
    private long timerAt;
    private long timerNumber;
    private boolean again;

    AdmissionQueue(Admission admission, AdmissionClock clock, Object lock) {
        this.admission = admission;
        this.clock = clock;
        this.lock = lock;
    }

    /** As {@link AdmissionLane#admit}, for an attempt that may have to wait. */
    Disposable enter(AdmissionLane lane, AdmissionCall call, boolean retry, AdmissionCallback callback, long now) {
        List<Waiter> answered;
        Waiter waiter;
        RuntimeException refusal;
        boolean atOnce = false;
        synchronized (lock) {
            refusal = refusal(lane, now, call, retry);
            if (refusal == null) {
                waiter = add(lane, call, retry, callback, now);
                answered = new ArrayList<>();
                sweep(now, answered);
                atOnce = answered.remove(waiter);
                if (!atOnce) {
                    lane.reasons().report(now, waiter);
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

    /** As {@link AdmissionLane#tryAdmit}. */
    AdmissionPermit tryEnter(AdmissionLane lane, AdmissionCall call, boolean retry, long now) {
        List<Waiter> answered = new ArrayList<>();
        AdmissionPermit permit = null;
        Throwable refusal;
        synchronized (lock) {
            refusal = refusal(lane, now, call, retry);
            if (refusal == null) {
                Waiter waiter = add(lane, call, retry, NOBODY, now);
                sweep(now, answered);
                if (answered.remove(waiter)) {
                    permit = waiter.take();
                    refusal = waiter.refusal();
                } else {
                    refusal = lane.queue().withdraw(waiter, now);
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

    private static @Nullable RuntimeException refusal(AdmissionLane lane, long now, AdmissionCall call, boolean retry) {
        lane.queue().observe(now);
        return lane.bounds().refusal(now, call, retry);
    }

    private Waiter add(AdmissionLane lane, AdmissionCall call, boolean retry, AdmissionCallback callback, long now) {
        Waiter.Limits limits = lane.bounds().limits(now, call, retry);
        long rank = call.priorityOr(admission.settings().priority())
                .rank(now - call.waited().toNanos());
        Waiter.Place place = new Waiter.Place(
                numbers.incrementAndGet(), now, rank, lane.queue().blockedTime(now), limits);
        Waiter waiter = new Waiter(lane, call, retry, callback, place);
        lane.queue().add(waiter);
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
            lane.queue().expire(now, false, answered);
        }
        Set<AdmissionLane> refused = new LinkedHashSet<>();
        while (!admission.isFull()) {
            Waiter first = null;
            next = Long.MAX_VALUE;
            for (AdmissionLane lane : queueing) {
                Waiter head = lane.queue().head();
                if (head == null) {
                    continue;
                }
                long until = refused.contains(lane)
                        ? lane.queue().shortestWait(now)
                        : lane.queue().until(now, head);
                if (until - now > 0) {
                    next = Math.min(next, until);
                } else if (first == null || Waiter.BY_RANK.compare(head, first) < 0) {
                    first = head;
                }
            }
            if (first == null) {
                break;
            }
            if (!first.lane().queue().admitHead(now, first, answered)) {
                refused.add(first.lane());
            }
        }
        for (Iterator<AdmissionLane> i = queueing.iterator(); i.hasNext(); ) {
            AdmissionLane lane = i.next();
            lane.queue().expire(now, true, answered);
            lane.queue().settle(now);
            if (lane.queue().isEmpty()) {
                i.remove();
            } else {
                next = Math.min(next, lane.queue().nextExpiry(now));
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
            timer = clock.schedule(() -> onTimer(number), Math.max(0, next - now));
        } catch (RuntimeException disposed) {
            timer = null;
            queueing.forEach(lane -> lane.queue().refuseAll(now, disposed, answered));
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
            sweep(clock.now(), answered);
        }
        later(answered);
    }

    /** As {@link #wake()}, for callers that may hold other locks, or this one. */
    void wakeLater() {
        if (waiting.get() > 0) {
            clock.run(this::wake);
        }
    }

    private void later(List<Waiter> answered) {
        answered.forEach(waiter -> clock.run(waiter::deliver));
    }

    /** A waiter leaves by itself. */
    void left(Waiter waiter) {
        synchronized (lock) {
            long now = clock.now();
            if (waiter.lane().queue().remove(waiter, now)) {
                settle(waiter.lane(), now);
            }
        }
    }

    /** Under the lock: somebody has left a lane by itself. */
    private void settle(AdmissionLane lane, long now) {
        lane.queue().settle(now);
        if (lane.queue().isEmpty()) {
            queueing.remove(lane);
        }
        Disposable set = timer;
        if (queueing.isEmpty() && set != null) {
            set.dispose();
            timer = null;
        }
    }

    private void emitRejection(AdmissionLane lane, @Nullable Throwable refusal) {
        if (refusal instanceof AdmissionRejectedException rejected) {
            Bound bound = rejected.bound();
            admission.emit(() ->
                    new AdmissionEvent.Rejected(admission.name(), lane.gate().key(), bound, rejected.untilAdmission()));
        }
    }

    /** A place in flight is free. */
    void placeReturned() {
        // A sweep that gives a place back goes on looking by itself.
        if (waiting.get() > 0 && !Thread.holdsLock(lock)) {
            wake();
        }
    }

    int waiting() {
        return waiting.get();
    }

    /** Those that came because all places were taken. */
    int pending() {
        return pending.get();
    }
}
