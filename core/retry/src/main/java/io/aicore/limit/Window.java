package io.aicore.limit;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** Calls and failures of the last {@code length} nanoseconds in ten buckets; lock-free; one object per used bucket. */
final class Window {

    private static final int BUCKETS = 10;
    private static final long FAILURE = 1L << 32;
    private static final long CALLS = FAILURE - 1;

    private final long length;
    private final long bucket;
    private final AtomicReferenceArray<Bucket> ring = new AtomicReferenceArray<>(BUCKETS);

    Window(long length) {
        this.length = length;
        this.bucket = length / BUCKETS;
    }

    long length() {
        return length;
    }

    /** A window of another length that starts with the counts of this one in its newest bucket. */
    Window resized(long newLength, long now) {
        Window resized = new Window(newLength);
        long sum = sum(now);
        if (sum != 0) {
            resized.current(now).counts.addAndGet(sum);
        }
        return resized;
    }

    void record(long now, boolean failed) {
        current(now).counts.addAndGet(failed ? FAILURE + 1 : 1);
    }

    /** Counts a failure of a call that was recorded before. */
    void fail(long now) {
        current(now).counts.addAndGet(FAILURE);
    }

    /** Both counts of one instant; unpack them with {@link #calls(long)} and {@link #failures(long)}. */
    long sum(long now) {
        long tick = Math.floorDiv(now, bucket);
        long sum = 0;
        for (int i = 0; i < BUCKETS; i++) {
            Bucket b = ring.get(i);
            if (b != null && tick - b.tick < BUCKETS && tick >= b.tick) {
                sum += b.counts.get();
            }
        }
        return sum;
    }

    static int calls(long sum) {
        return (int) (sum & CALLS);
    }

    static int failures(long sum) {
        return (int) (sum >>> 32);
    }

    private Bucket current(long now) {
        long tick = Math.floorDiv(now, bucket);
        int index = Math.floorMod(tick, BUCKETS);
        while (true) {
            Bucket b = ring.get(index);
            // a thread that read the clock late adds to the newer bucket; a bucket from the far future is a clock's
            // error
            if (b != null && (b.tick == tick || (b.tick > tick && b.tick - tick <= BUCKETS))) {
                return b;
            }
            Bucket fresh = new Bucket(tick);
            if (ring.compareAndSet(index, b, fresh)) {
                return fresh;
            }
        }
    }

    private static final class Bucket {
        final long tick;
        final AtomicLong counts = new AtomicLong();

        Bucket(long tick) {
            this.tick = tick;
        }
    }
}
