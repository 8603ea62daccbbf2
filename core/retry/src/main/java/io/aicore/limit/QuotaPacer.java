package io.aicore.limit;

import io.aicore.limit.RateReport.Quota;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * Follows one reported rate limit, of requests or of tokens: what remained when an attempt was answered, less what was
 * sent after that attempt began. Slows down while less than a tenth remains, and waits for the reset when nothing does,
 * so that the provider need not refuse. A limit that refills continuously reports the instant at which it will be full:
 * with what is used, that instant moves on. Where it does, attempts wait only until there is room for them. Exact while this
 * process is the limit's only user. Reads are lock-free.
 */
final class QuotaPacer {

    private static final AtomicLongFieldUpdater<QuotaPacer> LAST_SENT =
            AtomicLongFieldUpdater.newUpdater(QuotaPacer.class, "lastSent");
    private static final double TIGHT = 0.1;
    private static final long UNKNOWN_TIGHT = 10;
    private static final long ROUNDING = 1_500_000_000L;

    /**
     * @param mark what had been sent when the reporting attempt began, itself included
     * @param reported instant of the report
     * @param reset instant of the reset
     * @param refill what is added each nanosecond; 0: all at the reset
     */
    private record Level(long limit, long remaining, long mark, long reported, long reset, double refill) {
        /** A new window begins after the end of the last one; times in whole seconds are up to one off. */
        boolean refillsBefore(long now, long nextReset) {
            return now < reset - ROUNDING && nextReset > reset + ROUNDING;
        }

        /** What is used of a window does not move its end. */
        boolean endsAt(long nextReset, long nextRemaining) {
            return remaining - nextRemaining > limit * TIGHT && Math.abs(nextReset - reset) <= ROUNDING;
        }

        long expected(long now) {
            long refilled = (long) (refill * Math.max(0, now - reported));
            return limit > 0 ? Math.min(limit, remaining + refilled) : remaining;
        }

        boolean isTight(long left) {
            return limit > 0 ? left <= limit * TIGHT : left <= UNKNOWN_TIGHT;
        }
    }

    private final AtomicLong sent = new AtomicLong();
    private volatile @Nullable Level level;
    private volatile long lastSent;

    /** Counts an attempt; returns the mark for its report. */
    long sent(long now, long cost) {
        LAST_SENT.lazySet(this, now);
        return cost == 0 ? sent.get() : sent.addAndGet(cost);
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
        long reset = now + capped.toNanos();
        level = new Level(limit, remaining, mark, now, reset, refill(known, now, reset, limit - remaining, remaining));
        return true;
    }

    private static double refill(@Nullable Level known, long now, long reset, long used, long remaining) {
        if (known == null || used <= 0 || reset <= now) {
            return known == null ? 0 : known.refill;
        }
        boolean refills = known.refillsBefore(now, reset) || (known.refill > 0 && !known.endsAt(reset, remaining));
        return refills ? (double) used / (reset - now) : 0;
    }

    /** Whether an attempt of this cost may go without a look at the others. */
    boolean isFree(long now, long cost) {
        Level known = level;
        return known == null || now >= known.reset || !known.isTight(left(known, now) - cost);
    }

    /** The instant until which an attempt of this cost has to wait; {@code now} or earlier: it need not. */
    long until(long now, long cost) {
        Level known = level;
        if (known == null || now >= known.reset) {
            return now;
        }
        long left = left(known, now);
        long needed = Math.min(cost, known.limit > 0 ? known.limit : Long.MAX_VALUE);
        if (left <= 0 || left < needed) {
            long room =
                    known.refill > 0 ? (long) Math.ceil((Math.max(1, needed) - left) / known.refill) : Long.MAX_VALUE;
            return room < known.reset - now ? now + room : known.reset;
        }
        boolean spread = known.limit > 0 && known.isTight(left);
        if (spread && known.refill > 0) {
            return lastSent + (long) (cost / known.refill);
        }
        return spread ? lastSent + (known.reset - now) * cost / Math.max(cost, left) : now;
    }

    /** Whether attempts wait for the reset now. */
    boolean isExhausted(long now) {
        Level known = level;
        return known != null && now < known.reset && left(known, now) <= 0;
    }

    /** Whether the time of the last report is over. */
    boolean isReset(long now) {
        Level known = level;
        return known != null && now >= known.reset;
    }

    /** What remains, as far as is known; negative if unknown. */
    long remaining(long now) {
        Level known = level;
        return known == null || now >= known.reset ? -1 : Math.max(0, left(known, now));
    }

    private long left(Level known, long now) {
        return known.expected(now) - (sent.get() - known.mark);
    }
}
