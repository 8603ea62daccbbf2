package io.aicore.llm.internal;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.scheduler.Scheduler;

/**
 * The one timer of all open exchanges of a transport, or of all streams of a provider that have no content yet. It is set
 * for the earliest instant at which one of them may have expired, and asks each of them then; an exchange that ends before
 * costs no timer at all.
 *
 * <p>Exact for up to {@value #EXACT} open exchanges. Beyond that it ticks every 50 ms at most, so that an exchange may
 * expire that much late.
 */
public final class ExpiryTicks {

    /** An instant that is never reached. */
    public static final long NEVER = Long.MAX_VALUE;

    static final int EXACT = 256;

    private static final Duration LONGEST = Duration.ofDays(36_500);
    private static final long COARSE = Duration.ofMillis(50).toNanos();

    /** An open exchange. */
    public interface Expiring {

        /**
         * Ends the exchange {@link #apart} if it has expired; returns the next instant at which it may have, or
         * {@link #NEVER}.
         */
        long expire(long now);
    }

    private final Scheduler timer;
    private final long origin;
    private final Set<Expiring> open = ConcurrentHashMap.newKeySet();
    private volatile @Nullable Tick next;

    public ExpiryTicks(Scheduler timer) {
        this.timer = timer;
        this.origin = timer.now(TimeUnit.NANOSECONDS);
    }

    /** Whether these are the ticks of this scheduler. */
    public boolean isOn(Scheduler scheduler) {
        return timer == scheduler;
    }

    /** Nanoseconds since this timer was created. */
    public long now() {
        return timer.now(TimeUnit.NANOSECONDS) - origin;
    }

    /** The instant this long after now, at most {@link #NEVER}. */
    public long in(Duration delay) {
        return now() + nanos(delay);
    }

    /** At most a century, so that additions do not overflow. */
    public static long nanos(Duration duration) {
        return (duration.compareTo(LONGEST) < 0 ? duration : LONGEST).toNanos();
    }

    public void add(Expiring exchange) {
        open.add(exchange);
    }

    public void remove(Expiring exchange) {
        open.remove(exchange);
    }

    /** As {@link #remove}, for one that was cancelled: after the last one no timer is left. */
    public void cancel(Expiring exchange) {
        open.remove(exchange);
        rest();
    }

    /** Leaves no timer behind, unless an exchange is open; what is added later sets it again. */
    public void rest() {
        Tick last;
        synchronized (this) {
            last = next;
            if (last == null || !open.isEmpty()) {
                return;
            }
            next = null;
        }
        last.drop();
        if (!open.isEmpty()) {
            // It came in between, and relies on this tick.
            notLaterThan(last.instant);
        }
    }

    /** Asks the exchanges at this instant at the latest. */
    public void notLaterThan(long instant) {
        Tick planned = next;
        if (instant != NEVER && (planned == null || instant < planned.instant)) {
            plan(instant);
        }
    }

    /** Runs the end of an exchange in a task of its own: a subscriber that blocks or throws must keep no other waiting. */
    public void apart(Runnable end) {
        try {
            timer.schedule(end);
        } catch (RuntimeException refused) {
            end.run();
        }
    }

    private void plan(long instant) {
        Tick tick;
        Tick before;
        synchronized (this) {
            before = next;
            if (before != null && before.instant <= instant) {
                return;
            }
            tick = new Tick(instant);
            next = tick;
        }
        if (before != null) {
            before.drop();
        }
        tick.schedule(Math.max(0, instant - now()));
    }

    private final class Tick implements Runnable {

        private final long instant;
        private final Disposable.Swap task = Disposables.swap();

        Tick(long instant) {
            this.instant = instant;
        }

        void schedule(long delay) {
            task.update(timer.schedule(this, delay, TimeUnit.NANOSECONDS));
        }

        void drop() {
            task.dispose();
        }

        @Override
        public void run() {
            synchronized (ExpiryTicks.this) {
                if (next != this) {
                    return;
                }
                // What is set from here on plans a tick of its own; what was set before is seen below.
                next = null;
            }
            long now = now();
            long earliest = NEVER;
            int asked = 0;
            for (Expiring exchange : open) {
                earliest = Math.min(earliest, exchange.expire(now));
                asked++;
            }
            notLaterThan(asked <= EXACT || earliest == NEVER ? earliest : Math.max(earliest, now + COARSE));
        }
    }
}
