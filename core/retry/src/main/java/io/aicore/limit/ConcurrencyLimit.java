package io.aicore.limit;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Counts the attempts in flight and limits them, see {@link ConcurrencySettings}. Lock-free. */
final class ConcurrencyLimit {

    private static final long ONE = 1_000;
    private static final long SHRINK_PERCENT = 90;

    private final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicLong started = new AtomicLong();
    private final AtomicLong limit;
    private volatile ConcurrencySettings settings;
    private volatile long shrunkAt;

    ConcurrencyLimit(ConcurrencySettings settings) {
        this.settings = settings;
        this.limit = new AtomicLong(settings.limit() * ONE);
    }

    ConcurrencySettings settings() {
        return settings;
    }

    void settings(ConcurrencySettings replacement) {
        settings = replacement;
        limit.set(replacement.limit() * ONE);
    }

    /** Takes a place; 0 if there is none, else the number of the attempt. */
    long tryTake() {
        while (true) {
            int n = inFlight.get();
            if (n >= limit()) {
                return 0;
            }
            if (inFlight.compareAndSet(n, n + 1)) {
                return started.incrementAndGet();
            }
        }
    }

    void release() {
        inFlight.decrementAndGet();
    }

    boolean isFull() {
        return inFlight.get() >= limit();
    }

    int inFlight() {
        return inFlight.get();
    }

    int limit() {
        return (int) (limit.get() / ONE);
    }

    /** The provider refused this attempt. Those that began before the limit last shrank say nothing new. */
    void refused(long number) {
        if (settings.adaptive() && number > shrunkAt) {
            shrunkAt = started.get();
            limit.updateAndGet(now -> Math.max(ONE, Math.min(now, inFlight.get() * ONE) * SHRINK_PERCENT / 100));
        }
    }

    /** The provider did what was asked. A limit that is not used says nothing. */
    void succeeded() {
        if (settings.adaptive() && 2L * inFlight.get() >= limit()) {
            long most = settings.limit() * ONE;
            limit.updateAndGet(now -> Math.min(most, now + Math.max(1, ONE * ONE / now)));
        }
    }
}
