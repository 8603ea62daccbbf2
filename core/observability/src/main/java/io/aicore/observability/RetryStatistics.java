package io.aicore.observability;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a group of calls has in common.
 *
 * @param group what they share, by what was grouped by; empty for all calls together
 * @param operations how many calls
 * @param meanRetries retries a call, on average
 * @param maxRetries the most of one call
 * @param latency of half, of 95 % and of 99 % of the calls at most
 * @param successRate the part that got an answer, 0 to 1
 * @param firstTrySuccessRate the part that got it without a retry, 0 to 1
 * @param recovered calls that got their answer only by a retry
 * @param waited the time spent waiting between attempts, together
 * @param tokens input and output together, of the calls where they are known
 * @param costUsd of the calls where it is known; null if of none
 * @param unknown how many calls these two sums leave out
 */
public record RetryStatistics(
        Map<GroupBy, String> group,
        long operations,
        double meanRetries,
        int maxRetries,
        Percentiles latency,
        double successRate,
        double firstTrySuccessRate,
        long recovered,
        Duration waited,
        long tokens,
        @Nullable BigDecimal costUsd,
        Unknown unknown) {

    public RetryStatistics {
        group = Collections.unmodifiableMap(new LinkedHashMap<>(group));
    }

    /** The provider of this group, where it was grouped by; else empty. */
    public String provider() {
        return group.getOrDefault(GroupBy.PROVIDER, "");
    }

    /**
     * Answered calls of which something is not known. Failed ones without usage are not among them; those that count tokens
     * are.
     *
     * @param prices calls without a cost
     * @param usages calls without tokens
     */
    public record Unknown(long prices, long usages) {}

    /** How long most calls take at most. */
    public record Percentiles(Duration p50, Duration p95, Duration p99) {}
}
