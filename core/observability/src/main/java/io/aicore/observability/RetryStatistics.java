package io.aicore.observability;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Statistics of a group of calls.
 *
 * @param group the values that define the group; empty for all calls together
 * @param operations number of calls
 * @param meanRetries mean retries per call
 * @param maxRetries maximum retries of a call
 * @param latency p50, p95 and p99 latency
 * @param successRate share of successful calls, 0 to 1
 * @param firstTrySuccessRate share of calls that succeeded without a retry, 0 to 1
 * @param recovered calls that succeeded after a retry
 * @param waited total wait between attempts
 * @param tokens input and output tokens, of the calls where they are known
 * @param costUsd of the calls where it is known; null if of none
 * @param unknown number of calls that these two sums omit
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

    /** The provider of this group; empty if not grouped by provider. */
    public String provider() {
        return group.getOrDefault(GroupBy.PROVIDER, "");
    }

    /**
     * Successful calls with unknown values. Token counts are included; failed calls without usage are not.
     *
     * @param prices calls without a cost
     * @param usages calls without tokens
     */
    public record Unknown(long prices, long usages) {}

    /** The p50, p95 and p99 latency. */
    public record Percentiles(Duration p50, Duration p95, Duration p99) {}
}
