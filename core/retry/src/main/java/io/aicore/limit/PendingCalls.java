package io.aicore.limit;

import java.util.Iterator;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Calls that wait for their first byte, counted by the second they started in: detects a hanging provider without a
 * timer per call. Lock-free; memory is one object per second that still has such calls.
 */
final class PendingCalls {

    private static final long SECOND = 1_000_000_000L;
    private static final int LEFT = -1;

    private final ConcurrentLinkedQueue<Second> seconds = new ConcurrentLinkedQueue<>();
    private final AtomicReference<@Nullable Second> newest = new AtomicReference<>();

    /** Adds a call; {@link Second#leave} removes it. */
    Second enter(long now) {
        long tick = Math.floorDiv(now, SECOND);
        while (true) {
            Second s = newest.get();
            if (s == null || isOther(s.tick, tick)) {
                Second next = new Second(tick);
                if (newest.compareAndSet(s, next)) {
                    seconds.add(next);
                    sweep(next);
                }
            } else if (s.enter()) {
                return s;
            }
        }
    }

    /** Whether no call has started in the second of {@code now} yet: the time to look for slow calls. */
    boolean isNewSecond(long now) {
        Second s = newest.get();
        return s != null && isOther(s.tick, Math.floorDiv(now, SECOND));
    }

    /** Number of calls that have waited longer than {@code limit}; a call is found up to a second late, never early. */
    int overdue(long now, long limit) {
        int overdue = 0;
        for (Second s : seconds) {
            if (s.isOverdue(now, limit)) {
                overdue += Math.max(0, s.calls.get());
            }
        }
        return overdue;
    }

    /** Number of calls without a first byte, overdue or not. */
    int waiting() {
        int waiting = 0;
        for (Second s : seconds) {
            waiting += Math.max(0, s.calls.get());
        }
        return waiting;
    }

    private static boolean isOther(long newest, long tick) {
        // a thread that read the clock just before another rolled the second joins the newer one
        return newest < tick || newest - tick > 1;
    }

    private void sweep(Second keep) {
        for (Iterator<Second> i = seconds.iterator(); i.hasNext(); ) {
            Second s = i.next();
            if (s != keep && s.calls.compareAndSet(0, LEFT)) {
                i.remove();
            }
        }
    }

    static final class Second {
        private final long tick;
        private final AtomicInteger calls = new AtomicInteger();

        Second(long tick) {
            this.tick = tick;
        }

        void leave() {
            calls.decrementAndGet();
        }

        boolean isOverdue(long now, long limit) {
            return now - (tick + 1) * SECOND >= limit;
        }

        private boolean enter() {
            while (true) {
                int n = calls.get();
                if (n == LEFT) {
                    return false;
                }
                if (calls.compareAndSet(n, n + 1)) {
                    return true;
                }
            }
        }
    }
}
