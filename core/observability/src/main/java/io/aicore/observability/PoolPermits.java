package io.aicore.observability;

import java.util.concurrent.atomic.AtomicInteger;
import reactor.pool.AllocationStrategy;

/**
 * Limits the connections of a pool. Reactor's pool destroys a connection twice if it is closed while another thread
 * returns that connection, and its own strategy then fails the close because the permit is returned twice. After
 * {@link #end()}, permits are not counted.
 */
final class PoolPermits implements AllocationStrategy {

    private final int maximum;
    private final AtomicInteger granted = new AtomicInteger();
    private volatile boolean ended;

    PoolPermits(int maximum) {
        this.maximum = maximum;
    }

    /** Called before the pool is closed. */
    void end() {
        ended = true;
    }

    @Override
    public int getPermits(int desired) {
        if (desired <= 0) {
            return 0;
        }
        int before = granted.getAndUpdate(now -> now + Math.min(desired, maximum - now));
        return Math.min(desired, maximum - before);
    }

    @Override
    public void returnPermits(int returned) {
        if (granted.addAndGet(-returned) < 0 && !ended) {
            throw new IllegalStateException("more connections were released than acquired");
        }
    }

    @Override
    public int estimatePermitCount() {
        return maximum - permitGranted();
    }

    @Override
    public int permitMinimum() {
        return 0;
    }

    @Override
    public int permitMaximum() {
        return maximum;
    }

    @Override
    public int permitGranted() {
        return Math.max(0, granted.get());
    }
}
