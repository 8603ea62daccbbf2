package io.aicore.benchmarks;

import java.util.concurrent.TimeUnit;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Backoffs end at once, on the caller's thread; deadlines and timeouts of a minute and more never come. */
final class ImmediateWaits implements Scheduler {

    @Override
    public Disposable schedule(Runnable task) {
        task.run();
        return Disposables.disposed();
    }

    @Override
    public Disposable schedule(Runnable task, long delay, TimeUnit unit) {
        return unit.toMinutes(delay) > 0 ? Disposables.single() : schedule(task);
    }

    @Override
    public Worker createWorker() {
        return Schedulers.immediate().createWorker();
    }

    @Override
    public void dispose() {}
}
