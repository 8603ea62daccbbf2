package io.aicore.limit;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;

/**
 * Slow start of batch calls. The limit of a key that was unused for a minute is unknown: the first sixteen attempts go at
 * once, and the number doubles with each half second (1,000 are sent within 3 s), so that most of a burst that exceeds the
 * limit is not sent before the first rate limit error arrives. That error ends the slow start, and the pace takes over.
 * Other priorities do not wait for it. Lock-free.
 */
final class BatchStart {

    private static final AtomicLongFieldUpdater<BatchStart> LAST =
            AtomicLongFieldUpdater.newUpdater(BatchStart.class, "last");
    private static final double FIRST = 16;
    private static final double DOUBLING = 5e8;
    private static final long UNKNOWN_AFTER = 60_000_000_000L;

    private final AtomicLong sent = new AtomicLong();
    private volatile long began;
    private volatile long last;
    private volatile boolean over;

    BatchStart(long now) {
        this.began = now;
        this.last = now - UNKNOWN_AFTER;
    }

    /** An attempt goes, of whatever priority. */
    void sent(long now) {
        if (now - last >= UNKNOWN_AFTER) {
            began = now;
            sent.set(0);
            over = false;
        }
        LAST.lazySet(this, now);
        if (!over) {
            sent.incrementAndGet();
        }
    }

    void end() {
        over = true;
    }

    /** The instant until which the next attempt has to wait; {@code now} or earlier: it need not. */
    long until(long now) {
        long count = sent.get();
        if (over || count < FIRST || now - last >= UNKNOWN_AFTER) {
            return now;
        }
        double doublings = Math.log((count + 1) / FIRST) / Math.log(2);
        return began + (long) Math.ceil(doublings * DOUBLING);
    }
}
