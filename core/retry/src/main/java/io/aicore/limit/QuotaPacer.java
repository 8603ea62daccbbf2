package io.aicore.limit;

import io.aicore.limit.RateReport.Quota;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Follows one reported rate limit, of requests or of tokens: what remained when an attempt was answered, less what was
 * sent after that attempt began. Slows down while less than a tenth remains, and waits for the reset when nothing does,
 * so that the provider need not refuse. Exact while this process is the limit's only user. Reads are lock-free.
 */
final class QuotaPacer {

    private static final double TIGHT = 0.1;
    private static final long UNKNOWN_TIGHT = 10;

    /**
     * @param mark what had been sent when the reporting attempt began, itself included
     * @param reset instant of the reset
     */
    private record Level(long limit, long remaining, long mark, long reset) {
        boolean isTight(long left) {
            return limit > 0 ? left <= limit * TIGHT : left <= UNKNOWN_TIGHT;
        }
    }

    private final AtomicLong sent = new AtomicLong();
    private volatile @Nullable Level level;
    private volatile long lastSent;

    /** Counts an attempt; returns the mark for its report. */
    long sent(long now, long cost) {
        lastSent = now;
        return sent.addAndGet(cost);
    }

    /** Corrects what an attempt was expected to cost. */
    void correct(long mark, long difference) {
        Level known = level;
        // A report that came from a later attempt already contains the true cost.
        if (known == null || known.mark < mark) {
            sent.addAndGet(difference);
        }
    }

    /** True if this report is news. */
    boolean report(long now, long mark, Quota quota) {
        Long remaining = quota.remaining();
        Duration untilReset = quota.reset();
        if (remaining == null || untilReset == null || remaining < 0 || untilReset.isNegative()) {
            return false;
        }
        Level known = level;
        if (known != null && known.mark > mark && now < known.reset) {
            return false; // an answer that was overtaken by that of a later attempt
        }
        long limit = quota.limit() == null ? 0 : quota.limit();
        Duration capped = untilReset.compareTo(Gate.LONGEST_HOLD) > 0 ? Gate.LONGEST_HOLD : untilReset;
        level = new Level(limit, remaining, mark, now + capped.toNanos());
        return true;
    }

    /** Whether an attempt of this cost may go without a look at the others. */
    boolean isFree(long now, long cost) {
        Level known = level;
        return known == null || now >= known.reset || !known.isTight(left(known) - cost);
    }

    /** The instant until which an attempt of this cost has to wait; {@code now} or earlier: it need not. */
    long until(long now, long cost) {
        Level known = level;
        if (known == null || now >= known.reset) {
            return now;
        }
        long left = left(known);
        if (left <= 0 || left < Math.min(cost, known.limit > 0 ? known.limit : Long.MAX_VALUE)) {
            return known.reset;
        }
        boolean spread = known.limit > 0 && known.isTight(left);
        return spread ? lastSent + (known.reset - now) * cost / Math.max(cost, left) : now;
    }

    /** Whether attempts wait for the reset now. */
    boolean isExhausted(long now) {
        Level known = level;
        return known != null && now < known.reset && left(known) <= 0;
    }

    /** Whether the time of the last report is over. */
    boolean isReset(long now) {
        Level known = level;
        return known != null && now >= known.reset;
    }

    /** What remains, as far as is known; negative if unknown. */
    long remaining(long now) {
        Level known = level;
        return known == null || now >= known.reset ? -1 : Math.max(0, left(known));
    }

    private long left(Level known) {
        return known.remaining - (sent.get() - known.mark);
    }
}
