package io.aicore.testkit;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import reactor.core.Disposable;
import reactor.core.scheduler.Scheduler;
import reactor.test.scheduler.VirtualTimeScheduler;

/** Virtual time that tells when a wait of a certain length has begun: only then may it be advanced past it. */
final class KitTime implements Scheduler {

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final ConcurrentMap<Long, CompletableFuture<Void>> begun = new ConcurrentHashMap<>();

    /** Waits until a wait of this length has begun. */
    void awaitWait(Duration length) {
        begun(length.toNanos())
                .orTimeout(Rig.PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .join();
    }

    void advance(Duration span) {
        time.advanceTimeBy(span);
    }

    private CompletableFuture<Void> begun(long nanos) {
        return begun.computeIfAbsent(nanos, length -> new CompletableFuture<>());
    }

    @Override
    public Disposable schedule(Runnable task, long delay, TimeUnit unit) {
        Disposable scheduled = time.schedule(task, delay, unit);
        begun(unit.toNanos(delay)).complete(null);
        return scheduled;
    }

    @Override
    public Disposable schedule(Runnable task) {
        return time.schedule(task);
    }

    @Override
    public Disposable schedulePeriodically(Runnable task, long initialDelay, long period, TimeUnit unit) {
        return time.schedulePeriodically(task, initialDelay, period, unit);
    }

    @Override
    public Worker createWorker() {
        return time.createWorker();
    }

    @Override
    public long now(TimeUnit unit) {
        return time.now(unit);
    }

    @Override
    public void dispose() {
        time.dispose();
    }
}
