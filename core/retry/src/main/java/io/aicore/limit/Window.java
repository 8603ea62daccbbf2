package io.aicore.limit;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** Calls and failures of the last {@code length} nanoseconds in ten buckets; lock-free; one object per used bucket. */
class Window {

    private static final int BUCKETS = 10;
    private static final long FAILURE = 1L << 32;
    private static final long CALLS = FAILURE - 1;

    private final long length;
    private final long bucket;
    private final AtomicReferenceArray<@Nullable Bucket> ring = new AtomicReferenceArray<>(BUCKETS);
    private volatile @Nullable Bucket latest;

    Window(long length) {
        this.length = length;
        this.bucket = length / BUCKETS;
    }

    final long length() {
        return length;
    }

    /** A window of another length that starts with the counts of this one in its newest bucket. */
    final Window resized(long newLength, long now) {
        Window resized = new Window(newLength);
        long sum = sum(now);
        if (sum != 0) {
            resized.current(now).add(sum);
        }
        return resized;
    }

    final void record(long now, boolean failed) {
        current(now).add(failed ? FAILURE + 1 : 1);
    }

    /** Counts a failure of a call that was recorded before. */
    final void fail(long now) {
        current(now).add(FAILURE);
    }

    /** Both counts of one instant; unpack them with {@link #calls(long)} and {@link #failures(long)}. */
    final long sum(long now) {
        long start = Math.floorDiv(now, bucket) * bucket;
        long sum = 0;
        for (int i = 0; i < BUCKETS; i++) {
            Bucket b = ring.get(i);
            if (b != null && start - b.start < BUCKETS * bucket && start >= b.start) {
                sum += b.sum();
            }
        }
        return sum;
    }

    /** Successes from the bucket with this start on. */
    final int successesSince(long bucketStart, long now) {
        long start = Math.floorDiv(now, bucket) * bucket;
        int successes = 0;
        for (int i = 0; i < BUCKETS; i++) {
            Bucket b = ring.get(i);
            if (b != null && start - b.start < BUCKETS * bucket && b.start - bucketStart >= 0) {
                long sum = b.sum();
                successes += calls(sum) - failures(sum);
            }
        }
        return successes;
    }

    static int calls(long sum) {
        return (int) (sum & CALLS);
    }

    static int failures(long sum) {
        return (int) (sum >>> 32);
    }

    /** A bucket is in use from now on. */
    void created(Bucket fresh) {}

    final boolean contains(Bucket b) {
        return ring.get(index(b.start)) == b;
    }

    final Bucket current(long now) {
        Bucket known = latest;
        if (known != null && known.covers(now)) {
            return known;
        }
        Bucket found = at(now);
        latest = found;
        return found;
    }

    /** Divides by a length that the compiler does not know: far too slow for each call. */
    private Bucket at(long now) {
        long start = Math.floorDiv(now, bucket) * bucket;
        int index = index(start);
        while (true) {
            Bucket b = ring.get(index);
            // a thread that read the clock late adds to the newer bucket; a bucket from the far future is a clock's
            // error
            if (b != null && b.start >= start && b.start - start <= BUCKETS * bucket) {
                return b;
            }
            Bucket fresh = new Bucket(start, start + bucket);
            if (ring.compareAndSet(index, b, fresh)) {
                created(fresh);
                return fresh;
            }
        }
    }

    private int index(long start) {
        return (int) Math.floorMod(start / bucket, (long) BUCKETS);
    }
}
