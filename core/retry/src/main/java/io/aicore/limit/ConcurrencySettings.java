package io.aicore.limit;

import io.aicore.internal.Check;
import java.time.Duration;

/**
 * How many attempts may be in flight at once. Immutable.
 *
 * <p>An adaptive limit follows the provider's refusals: 429, 503 and other signs of a full queue shrink it by 10 %, at
 * most once per round of attempts; successes at the limit grow it by one per round (AIMD, as Netflix's
 * {@code AIMDLimit}). It never follows latency, which for models is the length of their answers.
 *
 * @param limit most attempts in flight, {@code >= 1}
 * @param adaptive whether refusals shrink it; {@code limit} is then its upper bound
 * @param maxPending most attempts that wait for a place; the next one is rejected at once
 * @param pendingTimeout longest wait for a place
 */
public record ConcurrencySettings(int limit, boolean adaptive, int maxPending, Duration pendingTimeout) {

    private static final Duration LONGEST = Duration.ofDays(1);

    private static final ConcurrencySettings UNLIMITED =
            new ConcurrencySettings(Integer.MAX_VALUE, false, 1_000, Duration.ofSeconds(10));

    public ConcurrencySettings {
        Check.atLeast(1, limit, "limit");
        Check.atLeast(0, maxPending, "maxPending");
        if (pendingTimeout.isNegative() || pendingTimeout.isZero() || pendingTimeout.compareTo(LONGEST) > 0) {
            throw Check.wrong("pendingTimeout", pendingTimeout, "> 0 and <= " + LONGEST);
        }
    }

    /** No limit; where one is set, 1,000 attempts wait for up to 10 s. */
    public static ConcurrencySettings unlimited() {
        return UNLIMITED;
    }

    /** A fixed limit. */
    public static ConcurrencySettings fixed(int limit) {
        return UNLIMITED.limit(limit);
    }

    /** A limit that follows the provider's refusals, at most {@code limit}. */
    public static ConcurrencySettings adaptive(int limit) {
        return new ConcurrencySettings(limit, true, UNLIMITED.maxPending, UNLIMITED.pendingTimeout);
    }

    public ConcurrencySettings limit(int limit) {
        return new ConcurrencySettings(limit, adaptive, maxPending, pendingTimeout);
    }

    public ConcurrencySettings maxPending(int maxPending) {
        return new ConcurrencySettings(limit, adaptive, maxPending, pendingTimeout);
    }

    public ConcurrencySettings pendingTimeout(Duration pendingTimeout) {
        return new ConcurrencySettings(limit, adaptive, maxPending, pendingTimeout);
    }
}
