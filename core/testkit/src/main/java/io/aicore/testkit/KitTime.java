package io.aicore.testkit;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.scheduler.Scheduler;
import reactor.test.scheduler.VirtualTimeScheduler;

/**
 * Virtual time that tells when a wait of a certain length has begun: only then may it be advanced past it. Event loops schedule
 * while a test advances it; Reactor's virtual time loses tasks then, so that one thread at a time is let in.
 */
final class KitTime implements Scheduler {

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final ConcurrentMap<Long, CompletableFuture<Void>> begun = new ConcurrentHashMap<>();

    /** Waits until a wait of this length has begun. */
    void awaitWait(Duration length) {
        begun(length.toNanos())
                .orTimeout(Rig.PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .join();
    }

    synchronized void advance(Duration span) {
        time.advanceTimeBy(span);
    }

    private CompletableFuture<Void> begun(long nanos) {
        return begun.computeIfAbsent(nanos, length -> new CompletableFuture<>());
    }

    @Override
    public Disposable schedule(Runnable task, long delay, TimeUnit unit) {
        Disposable scheduled = scheduled(task, delay, unit);
        begun(unit.toNanos(delay)).complete(null);
        return scheduled;
    }

    @Override
    public Disposable schedule(Runnable task) {
        return scheduled(task, 0, TimeUnit.NANOSECONDS);
    }

    private synchronized Disposable scheduled(Runnable task, long delay, TimeUnit unit) {
        Disposable scheduled = time.schedule(task, delay, unit);
        return () -> dispose(scheduled);
    }

    private synchronized void dispose(Disposable scheduled) {
        scheduled.dispose();
    }

    @Override
    public Worker createWorker() {
        Disposable.Composite all = Disposables.composite();
        return new Worker() {
            @Override
            public Disposable schedule(Runnable task) {
                return schedule(task, 0, TimeUnit.NANOSECONDS);
            }

            @Override
            public Disposable schedule(Runnable task, long delay, TimeUnit unit) {
                Disposable scheduled = scheduled(task, delay, unit);
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
    public synchronized long now(TimeUnit unit) {
        return time.now(unit);
    }

    @Override
    public void dispose() {
        time.dispose();
    }
}
