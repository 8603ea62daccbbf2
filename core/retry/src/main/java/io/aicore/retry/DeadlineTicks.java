package io.aicore.retry;

import io.aicore.limit.Guard;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.scheduler.Scheduler;
import reactor.util.Logger;
import reactor.util.Loggers;

/**
 * Watches the deadlines of all calls on one scheduler with one timer, which runs while calls are open: a timer of its own
 * would be half of what a call costs. Each tick looks at every open call, lets go of those that ended, and comes again
 * after 50 ms or at the next deadline if that is sooner. Lock-free.
 */
final class DeadlineTicks {

    private static final Logger LOG = Loggers.getLogger(RetryOnFailure.class);
    private static final long PERIOD = 50_000_000L;

    /** A call that is watched. */
    abstract static class Watched implements Runnable {

        /** Of the list it is in; written by the one that puts it there or has taken it from there. */
        private @Nullable Watched next;

        /** The instant on the scheduler's clock from which on {@link #run} ends the call. */
        abstract long deadline();

        abstract boolean isOver();
    }

    /** One use of the timer. */
    private final class Tick implements Runnable {
        private final Thread by = Thread.currentThread();
        private volatile boolean isSet;
        private volatile @Nullable Disposable timer;

        @Override
        public void run() {
            if (current.compareAndSet(this, null)) {
                // A scheduler that runs a delayed task at once says that the time is over; to set it again would not
                // end.
                look(!isSet && by == Thread.currentThread());
            }
        }
    }

    private final Scheduler scheduler;
    private final AtomicReference<@Nullable Watched> watched = new AtomicReference<>();
    private final AtomicReference<@Nullable Tick> current = new AtomicReference<>();

    DeadlineTicks(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    boolean isOn(Scheduler other) {
        return scheduler == other;
    }

    /** Watches a call until it is over. A deadline sooner than the next tick may be needs a timer of its own. */
    void watch(Watched call, long now) {
        long left = Math.max(0, call.deadline() - now);
        add(call, call);
        if (!begin(Math.min(PERIOD, left)) && left < PERIOD) {
            scheduler.schedule(call, left, TimeUnit.NANOSECONDS);
        }
    }

    /**
     * A call that was watched is over.
     *
     * @param soon whether the timer may go on until it sees that it was the last one, because another is likely to begin
     */
    void left(boolean soon) {
        if (removeLatest() || soon) {
            return;
        }
        Tick running = current.get();
        if (running != null && current.compareAndSet(running, null)) {
            Disposable timer = running.timer;
            if (timer != null) {
                timer.dispose();
            }
            look(false);
        }
    }

    /**
     * Lets go of the calls that began last, as far as they are over; the others wait for the next tick. True if calls remain.
     */
    private boolean removeLatest() {
        while (true) {
            Watched head = watched.get();
            if (head == null) {
                return false;
            }
            if (!head.isOver()) {
                return true;
            }
            // Read again: a tick that takes the list from here on sees that this call is over, and never puts it back.
            if (watched.get() == head && watched.compareAndSet(head, head.next)) {
                head.next = null;
            }
        }
    }

    /** False if it ticks already. */
    private boolean begin(long delay) {
        if (current.get() != null) {
            return false;
        }
        Tick tick = new Tick();
        if (!current.compareAndSet(null, tick)) {
            return false;
        }
        try {
            Disposable timer = scheduler.schedule(tick, delay, TimeUnit.NANOSECONDS);
            tick.isSet = true;
            tick.timer = timer;
            if (current.get() != tick) {
                timer.dispose();
            }
            return true;
        } catch (RuntimeException refused) {
            current.compareAndSet(tick, null);
            throw refused;
        }
    }

    private void add(Watched first, Watched last) {
        while (true) {
            Watched head = watched.get();
            last.next = head;
            if (watched.compareAndSet(head, first)) {
                return;
            }
        }
    }

    /**
     * Sets the timer again while there are calls whose time is not over, and ends the others, each in a task of its own: a
     * subscriber that blocks must keep no other call waiting.
     */
    private void look(boolean allAreOver) {
        long now = scheduler.now(TimeUnit.NANOSECONDS);
        long soonest = PERIOD;
        Watched first = null;
        Watched last = null;
        Watched over = null;
        Watched call = watched.getAndSet(null);
        while (call != null) {
            Watched following = call.next;
            call.next = null;
            long left = call.deadline() - now;
            if (left <= 0 || allAreOver) {
                call.next = over;
                over = call;
            } else if (!call.isOver()) {
                soonest = Math.min(soonest, left);
                call.next = first;
                first = call;
                last = last == null ? call : last;
            }
            call = following;
        }
        if (first != null && last != null) {
            add(first, last);
        }
        if (watched.get() != null) {
            again(soonest);
        }
        while (over != null) {
            Watched following = over.next;
            over.next = null;
            endApart(over);
            over = following;
        }
    }

    private void endApart(Watched call) {
        try {
            scheduler.schedule(() -> end(call));
        } catch (RuntimeException refused) {
            end(call);
        }
    }

    private void again(long delay) {
        try {
            begin(delay);
        } catch (RuntimeException disposed) {
            LOG.debug("The scheduler takes no more work; open calls have no deadline", disposed);
        }
    }

    private static void end(Watched call) {
        if (call.isOver()) {
            return;
        }
        try {
            call.run();
        } catch (Throwable thrown) {
            LOG.warn("A call whose deadline has passed threw", thrown);
            Guard.throwIfJvmEnds(thrown);
        }
    }
}
