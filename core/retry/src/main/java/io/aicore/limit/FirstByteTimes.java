package io.aicore.limit;

import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The 99th percentile of the time to first byte, to within 25 % upwards, in 600 bytes.
 *
 * <p>A histogram of four buckets per octave from 4 ms to 262 s, in two generations. A generation is replaced after a
 * minute <em>and</em> 100 samples, so the estimate of an idle or silent provider is kept. One that has plenty takes one call
 * in 32 from then on, by the digits of the instant: the percentile stays what it is, and most calls write nothing.
 */
final class FirstByteTimes {

    private static final long GENERATION_NANOS = 60_000_000_000L;
    private static final int GENERATION_SAMPLES = 100;
    private static final int PLENTY = 1_000;
    private static final long ONE_IN_32 = 31;
    private static final int BUCKETS = 16 * 4;

    private final AtomicReference<Generation> current = new AtomicReference<>();

    /** Whether the current generation has plenty; most calls read nothing else. */
    private volatile boolean hasPlenty;

    void record(long elapsedNanos, long now) {
        if ((now & ONE_IN_32) == 0 || !hasPlenty) {
            add(elapsedNanos, now);
        }
    }

    private void add(long elapsedNanos, long now) {
        while (true) {
            Generation g = current.get();
            if (g != null && !g.full(now)) {
                if (g.add(index(elapsedNanos / 1_000_000)) == PLENTY) {
                    hasPlenty = true;
                }
                return;
            }
            if (current.compareAndSet(g, new Generation(now, g == null ? null : g.counts))) {
                hasPlenty = false;
            }
        }
    }

    /** In nanoseconds; 0 without samples. */
    long p99() {
        Generation g = current.get();
        if (g == null) {
            return 0;
        }
        long samples = 0;
        for (int i = 0; i < BUCKETS; i++) {
            samples += g.count(i);
        }
        long above = samples / 100;
        for (int i = BUCKETS - 1; i >= 0; i--) {
            above -= g.count(i);
            if (above < 0) {
                return upperMillis(i) * 1_000_000;
            }
        }
        return 0;
    }

    private static int index(long millis) {
        long v = Math.max(4, millis);
        int octave = 63 - Long.numberOfLeadingZeros(v);
        int index = (octave - 2) * 4 + (int) ((v >>> (octave - 2)) & 3);
        return Math.min(index, BUCKETS - 1);
    }

    private static long upperMillis(int index) {
        return (5L + index % 4) << (index / 4);
    }

    private static final class Generation {
        final long start;
        final AtomicIntegerArray counts = new AtomicIntegerArray(BUCKETS);
        final @Nullable AtomicIntegerArray previous;

        Generation(long start, @Nullable AtomicIntegerArray previous) {
            this.start = start;
            this.previous = previous;
        }

        int add(int index) {
            return counts.incrementAndGet(index);
        }

        boolean full(long now) {
            return now - start >= GENERATION_NANOS && samples() >= GENERATION_SAMPLES;
        }

        private int samples() {
            int samples = 0;
            for (int i = 0; i < BUCKETS; i++) {
                samples += counts.get(i);
            }
            return samples;
        }

        long count(int index) {
            return (long) counts.get(index) + (previous == null ? 0 : previous.get(index));
        }
    }
}
