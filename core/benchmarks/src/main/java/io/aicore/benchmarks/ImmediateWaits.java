package io.aicore.benchmarks;

import java.util.concurrent.TimeUnit;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Backoffs of a second end at once, on the caller's thread. What is due sooner or much later, as the watch of deadlines is,
 * has a real timer.
 */
final class ImmediateWaits implements Scheduler {

    @Override
    public Disposable schedule(Runnable task) {
        task.run();
        return Disposables.disposed();
    }

    @Override
    public Disposable schedule(Runnable task, long delay, TimeUnit unit) {
        return unit.toSeconds(delay) == 1
                ? schedule(task)
                : Schedulers.parallel().schedule(task, delay, unit);
    }

    @Override
    public Worker createWorker() {
        return Schedulers.immediate().createWorker();
    }

    @Override
    public void dispose() {}
}
