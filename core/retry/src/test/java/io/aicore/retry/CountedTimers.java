package io.aicore.retry;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.scheduler.Scheduler;

/** Another scheduler, with a count of the timers that neither ran nor were disposed. */
record CountedTimers(Scheduler scheduler, AtomicInteger pending) implements Scheduler {

    CountedTimers(Scheduler scheduler) {
        this(scheduler, new AtomicInteger());
    }

    @Override
    public Disposable schedule(Runnable task, long delay, TimeUnit unit) {
        AtomicBoolean over = new AtomicBoolean();
        Runnable done = () -> {
            if (over.compareAndSet(false, true)) {
                pending.decrementAndGet();
            }
        };
        pending.incrementAndGet();
        try {
            Disposable timer = scheduler.schedule(
                    () -> {
                        done.run();
                        task.run();
                    },
                    delay,
                    unit);
            return Disposables.composite(timer, done::run);
        } catch (RuntimeException refused) {
            done.run();
            throw refused;
        }
    }

    @Override
    public Disposable schedule(Runnable task) {
        return scheduler.schedule(task);
    }

    @Override
    public Worker createWorker() {
        return scheduler.createWorker();
    }

    @Override
    public long now(TimeUnit unit) {
        return scheduler.now(unit);
    }

    @Override
    public void dispose() {
        scheduler.dispose();
    }
}
