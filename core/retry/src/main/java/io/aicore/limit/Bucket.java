package io.aicore.limit;

import java.util.concurrent.atomic.AtomicLongFieldUpdater;

/**
 * A part of a {@link Window}: the outcomes that came in its time, and the calls that began in it. Counts are pairs in one
 * number, so that a call that is answered in the bucket it began in takes one update at its start and one at its end.
 */
final class Bucket {

    private static final AtomicLongFieldUpdater<Bucket> OWN = AtomicLongFieldUpdater.newUpdater(Bucket.class, "own");
    private static final AtomicLongFieldUpdater<Bucket> OUTCOMES =
            AtomicLongFieldUpdater.newUpdater(Bucket.class, "outcomes");
    private static final AtomicLongFieldUpdater<Bucket> LEFT = AtomicLongFieldUpdater.newUpdater(Bucket.class, "left");

    private static final long UPPER = 1L << 32;
    private static final long LOWER = UPPER - 1;
    private static final long SWEPT = Long.MIN_VALUE;

    final long start;
    final long end;

    /** Calls that began here, and those of them that were answered here. */
    private volatile long own;

    /** Failures and calls: the outcomes that came here and are not in {@code own}. */
    private volatile long outcomes;

    /** Of the calls that began here and are not in {@code own}: those that ended, and those that wait for no first byte. */
    private volatile long left;

    Bucket(long start, long end) {
        this.start = start;
        this.end = end;
    }

    boolean covers(long now) {
        return now - start >= 0 && now - end < 0;
    }

    /** Counts outcomes, as {@link #sum()} packs them. */
    void add(long counts) {
        OUTCOMES.getAndAdd(this, counts);
    }

    /** Failures and calls of this time; unpack them with {@link Window#calls(long)} and {@link Window#failures(long)}. */
    long sum() {
        return (own & LOWER) + outcomes;
    }

    /** A call begins here; false if nobody looks at this bucket any more. */
    boolean begin() {
        return OWN.getAndAdd(this, UPPER) >= 0;
    }

    /** A call that began here has a good outcome here, which is its first sign of life; counts it as well. */
    void answered() {
        OWN.getAndIncrement(this);
    }

    /** A call that began here no longer waits for its first byte, and goes on. */
    void heard() {
        LEFT.getAndIncrement(this);
    }

    /** A call that began here has ended. */
    void ended(boolean heardBefore) {
        LEFT.getAndAdd(this, heardBefore ? UPPER : UPPER + 1);
    }

    /** Number of calls that began here and have not ended. */
    int open() {
        long gone = left >>> 32; // read first: those that end meanwhile are counted once more, not once less
        return unanswered(own) - (int) gone;
    }

    /** Number of calls that began here and wait for their first byte. */
    int waiting() {
        long gone = left & LOWER;
        return unanswered(own) - (int) gone;
    }

    private static int unanswered(long own) {
        return (int) ((own & ~SWEPT) >>> 32) - (int) (own & LOWER);
    }

    /** Lets no further call begin here if none is open; true if so. */
    boolean sweep() {
        long gone = left >>> 32;
        long known = own;
        return unanswered(known) == gone && OWN.compareAndSet(this, known, known | SWEPT);
    }
}
