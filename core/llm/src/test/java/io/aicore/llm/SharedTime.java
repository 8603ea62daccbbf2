package io.aicore.llm;

import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.scheduler.Scheduler;

/**
 * Virtual time that a test may advance while event loops schedule. Reactor's {@code VirtualTimeScheduler} looks at its first
 * task and then takes the first one, which may be another by then: that one is lost, and the other one runs twice.
 */
public final class SharedTime implements Scheduler {

    private record Task(long at, long number, Runnable work) {}

    private final PriorityQueue<Task> tasks =
            new PriorityQueue<>(Comparator.comparingLong(Task::at).thenComparingLong(Task::number));
    private final AtomicInteger draining = new AtomicInteger();
    private volatile @Nullable Thread drainer;
    private long now;
    private long target;
    private long number;

    /** Returns when all that is due by then has run, on this thread or on another that was about it. */
    public void advanceTimeBy(Duration span) {
        long until;
        synchronized (tasks) {
            target += span.toNanos();
            until = target;
        }
        drain();
        while (Thread.currentThread() != drainer && now(TimeUnit.NANOSECONDS) < until) {
            Thread.onSpinWait();
        }
    }

    /** Whether a task waits for its time. */
    public boolean isAwaited() {
        synchronized (tasks) {
            return !tasks.isEmpty();
        }
    }

    @Override
    public Disposable schedule(Runnable work) {
        return schedule(work, 0, TimeUnit.NANOSECONDS);
    }

    @Override
    public Disposable schedule(Runnable work, long delay, TimeUnit unit) {
        Task task;
        synchronized (tasks) {
            task = new Task(now + unit.toNanos(Math.max(0, delay)), number++, work);
            tasks.add(task);
        }
        drain();
        return () -> {
            synchronized (tasks) {
                tasks.remove(task);
            }
        };
    }

    /** No task runs under the lock: it may wait for a thread that wants to schedule. */
    private void drain() {
        if (draining.getAndIncrement() != 0) {
            return;
        }
        int missed = 1;
        do {
            drainer = Thread.currentThread();
            for (Task due = due(); due != null; due = due()) {
                due.work().run();
            }
            drainer = null;
            missed = draining.addAndGet(-missed);
        } while (missed != 0);
    }

    private @Nullable Task due() {
        synchronized (tasks) {
            Task first = tasks.peek();
            if (first == null || first.at() > target) {
                now = target;
                return null;
            }
            now = Math.max(now, first.at());
            return tasks.poll();
        }
    }

    @Override
    public long now(TimeUnit unit) {
        synchronized (tasks) {
            return unit.convert(now, TimeUnit.NANOSECONDS);
        }
    }

    @Override
    public Worker createWorker() {
        Disposable.Composite all = Disposables.composite();
        return new Worker() {
            @Override
            public Disposable schedule(Runnable work) {
                return schedule(work, 0, TimeUnit.NANOSECONDS);
            }

            @Override
            public Disposable schedule(Runnable work, long delay, TimeUnit unit) {
                Disposable scheduled = SharedTime.this.schedule(work, delay, unit);
                all.add(scheduled);
                return scheduled;
            }

            @Override
            public void dispose() {
                all.dispose();
            }
        };
    }

    @Override
    public void dispose() {}
}
