package io.aicore.benchmarks;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * The least that a circuit breaker can do: a failure rate over ten seconds, one number a second, one update and two looks at the
 * clock a call. It knows no calls in flight, no epochs and no probes; a mark to measure by, not for use.
 */
final class HandWrittenCircuit {

    private static final int SECONDS = 10;
    private static final long SECOND = 1_000_000_000L;
    private static final long OPEN_TIME = 30 * SECOND;
    private static final int MINIMUM_CALLS = 100;
    private static final int COUNT_BITS = 20;
    private static final long COUNT = (1L << COUNT_BITS) - 1;
    private static final int BOTH_BITS = 2 * COUNT_BITS;
    private static final long COUNTS = (1L << BOTH_BITS) - 1;
    private static final long FAILURE = 1L << COUNT_BITS;
    private static final long HALVED = ((COUNT >>> 1) << COUNT_BITS) | (COUNT >>> 1);

    /** Each the second, its failures and its calls. */
    private final AtomicLongArray seconds = new AtomicLongArray(SECONDS);

    private volatile long openUntil;

    /** The start of a call; 0 if it is refused. */
    long begin() {
        long now = System.nanoTime();
        long until = openUntil;
        return until == 0 || now - until >= 0 ? now : 0;
    }

    /** Nanoseconds that the call took. */
    long end(long start, boolean success) {
        long now = System.nanoTime();
        long second = (now / SECOND) & COUNT;
        int place = (int) (second % SECONDS);
        long known;
        long next;
        do {
            known = seconds.get(place);
            long counts = known >>> BOTH_BITS == second ? known & COUNTS : 0;
            if ((counts & COUNT) == COUNT) {
                counts = (counts >>> 1) & HALVED;
            }
            next = (second << BOTH_BITS) | (counts + (success ? 1 : 1 + FAILURE));
        } while (!seconds.compareAndSet(place, known, next));
        if (!success && isBad(second)) {
            openUntil = now + OPEN_TIME;
        }
        return now - start;
    }

    private boolean isBad(long second) {
        long calls = 0;
        long failures = 0;
        for (int i = 0; i < SECONDS; i++) {
            long counted = seconds.get(i);
            if (second - (counted >>> BOTH_BITS) < SECONDS) {
                calls += counted & COUNT;
                failures += (counted >>> COUNT_BITS) & COUNT;
            }
        }
        return calls >= MINIMUM_CALLS && 2 * failures > calls;
    }
}
