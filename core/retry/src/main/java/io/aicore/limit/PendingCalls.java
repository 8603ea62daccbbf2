package io.aicore.limit;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Calls without an outcome, counted by the second they started in: detects a hanging provider without a timer per call.
 * Lock-free; memory is one object for each of the last ten seconds, and for each earlier one that still has such calls.
 * The last ten seconds are a window, which may count the outcomes too.
 */
final class PendingCalls extends Window {

    private static final long SECOND = 1_000_000_000L;

    private final Queue<Bucket> seconds = new ConcurrentLinkedQueue<>();

    PendingCalls() {
        super(10 * SECOND);
    }

    /** Adds a call; {@link Bucket#ended} or {@link Bucket#answered} removes it. */
    Bucket begin(long now) {
        while (true) {
            Bucket second = current(now);
            if (second.begin()) {
                return second;
            }
        }
    }

    @Override
    void created(Bucket second) {
        seconds.add(second);
        seconds.removeIf(old -> !contains(old) && old.sweep());
    }

    /** The end of the second of this instant. */
    static long endOfSecond(long now) {
        return (Math.floorDiv(now, SECOND) + 1) * SECOND;
    }

    /** Whether the calls that began in this second and wait for their first byte have done so for longer than the limit. */
    static boolean isOverdue(Bucket second, long now, long limit) {
        return now - second.end >= limit;
    }

    /** Number of calls that have waited longer than {@code limit}; a call is found up to a second late, never early. */
    int overdue(long now, long limit) {
        int overdue = 0;
        for (Bucket second : seconds) {
            if (isOverdue(second, now, limit)) {
                overdue += second.waiting();
            }
        }
        return overdue;
    }

    /** Number of calls without a first byte, overdue or not. */
    int waiting() {
        int waiting = 0;
        for (Bucket second : seconds) {
            waiting += second.waiting();
        }
        return waiting;
    }

    /** Number of calls without an outcome. */
    int open() {
        int open = 0;
        for (Bucket second : seconds) {
            open += second.open();
        }
        return open;
    }
}
