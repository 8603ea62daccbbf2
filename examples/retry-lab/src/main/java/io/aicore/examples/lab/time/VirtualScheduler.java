package io.aicore.examples.lab.time;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.scheduler.Scheduler;

/**
 * The event queue of a simulation, as a Reactor scheduler: production classes that are given it run on virtual time.
 * Events of one instant run in the order in which they were scheduled, so that equal seeds give equal runs. For one thread.
 */
public final class VirtualScheduler implements Scheduler {

    /** Disposed events are taken out together when they are this many and more than half of the queue. */
    private static final int MANY = 1_000;

    private final PriorityQueue<Event> events = new PriorityQueue<>(4_096);
    private final Clock clock = new WallClock();
    private long now;
    private long scheduled;
    private int disposed;

    /** Nanoseconds since the beginning of the simulation. */
    public long now() {
        return now;
    }

    @Override
    public long now(TimeUnit unit) {
        return unit.convert(now, TimeUnit.NANOSECONDS);
    }

    /** A wall clock that shows 1970 at the beginning and goes with the simulation. */
    public Clock clock() {
        return clock;
    }

    /** Runs the task after this many nanoseconds, in the same thread. */
    public Disposable after(long nanos, Runnable task) {
        return add(now + Math.max(0, nanos), 0, task, null);
    }

    /** Runs all events up to this instant, and those that they schedule up to it. */
    public void runUntil(long end) {
        for (Event next = events.peek(); next != null && next.at <= end; next = events.peek()) {
            events.poll();
            now = next.at;
            next.run();
        }
        now = Math.max(now, end);
    }

    @Override
    public Disposable schedule(Runnable task) {
        return after(0, task);
    }

    @Override
    public Disposable schedule(Runnable task, long delay, TimeUnit unit) {
        return after(unit.toNanos(delay), task);
    }

    @Override
    public Disposable schedulePeriodically(Runnable task, long initialDelay, long period, TimeUnit unit) {
        return add(now + Math.max(0, unit.toNanos(initialDelay)), unit.toNanos(period), task, null);
    }

    @Override
    public Worker createWorker() {
        return new VirtualWorker();
    }

    @Override
    public void dispose() {
        events.clear();
    }

    private Event add(long at, long period, Runnable task, @Nullable VirtualWorker worker) {
        Event event = new Event(at, scheduled++, period, task, worker);
        events.add(event);
        return event;
    }

    private final class Event implements Disposable, Comparable<Event> {

        private long at;
        private final long number;
        private final long period;
        private final @Nullable VirtualWorker worker;
        private @Nullable Runnable task;

        Event(long at, long number, long period, Runnable task, @Nullable VirtualWorker worker) {
            this.at = at;
            this.number = number;
            this.period = period;
            this.task = task;
            this.worker = worker;
        }

        void run() {
            Runnable given = task;
            if (given == null || (worker != null && worker.disposed)) {
                return;
            }
            if (period > 0) {
                at = now + period;
                events.add(this);
            } else {
                task = null;
            }
            given.run();
        }

        @Override
        public int compareTo(Event other) {
            int byTime = Long.compare(at, other.at);
            return byTime != 0 ? byTime : Long.compare(number, other.number);
        }

        @Override
        public void dispose() {
            if (task != null) {
                task = null;
                disposed++;
                if (disposed > MANY && disposed > events.size() / 2) {
                    events.removeIf(Event::isDisposed);
                    disposed = 0;
                }
            }
        }

        @Override
        public boolean isDisposed() {
            return task == null;
        }
    }

    private final class VirtualWorker implements Worker {

        private boolean disposed;

        @Override
        public Disposable schedule(Runnable task) {
            return add(now, 0, task, this);
        }

        @Override
        public Disposable schedule(Runnable task, long delay, TimeUnit unit) {
            return add(now + Math.max(0, unit.toNanos(delay)), 0, task, this);
        }

        @Override
        public Disposable schedulePeriodically(Runnable task, long initialDelay, long period, TimeUnit unit) {
            return add(now + Math.max(0, unit.toNanos(initialDelay)), unit.toNanos(period), task, this);
        }

        @Override
        public void dispose() {
            disposed = true;
        }

        @Override
        public boolean isDisposed() {
            return disposed;
        }
    }

    private final class WallClock extends Clock {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return Instant.EPOCH.plusNanos(now);
        }
    }
}
