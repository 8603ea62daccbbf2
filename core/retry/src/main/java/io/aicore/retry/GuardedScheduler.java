package io.aicore.retry;

import io.aicore.limit.Guard;
import java.util.concurrent.TimeUnit;
import reactor.core.Disposable;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** The caller's scheduler and clock; what they throw reaches the call as an error signal. */
record GuardedScheduler(Scheduler given) implements Scheduler {

    /** Reactor's own schedulers throw only rejections and are returned as they are. */
    static Scheduler of(Scheduler given) {
        return given == Schedulers.parallel() ? given : new GuardedScheduler(given);
    }

    /** The scheduler that was given, by which others know it. */
    static Scheduler unwrapped(Scheduler used) {
        return used instanceof GuardedScheduler guarded ? guarded.given : used;
    }

    @Override
    public Disposable schedule(Runnable task) {
        return Guard.call("the scheduler", () -> given.schedule(task));
    }

    @Override
    public Disposable schedule(Runnable task, long delay, TimeUnit unit) {
        return Guard.call("the scheduler", () -> given.schedule(task, delay, unit));
    }

    @Override
    public Worker createWorker() {
        return Guard.call("the scheduler", given::createWorker);
    }

    @Override
    public long now(TimeUnit unit) {
        return Guard.call("the scheduler's clock", () -> given.now(unit));
    }
}
