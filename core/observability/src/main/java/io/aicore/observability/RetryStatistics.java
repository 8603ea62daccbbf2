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
 * @param operations number of calls, at least one
 */
public record RetryStatistics(
        Map<GroupBy, String> group,
        long operations,
        Retries retries,
        Successes successes,
        Percentiles latency,
        Totals totals) {

    public RetryStatistics {
        group = Collections.unmodifiableMap(new LinkedHashMap<>(group));
    }

    /** Mean and maximum number of retries of a call. */
    public record Retries(double mean, int max) {}

    /**
     * Successful calls.
     *
     * @param calls with or without retries
     * @param firstTry without a retry
     */
    public record Successes(long calls, long firstTry) {

        /** Calls that succeeded after a retry. */
        public long recovered() {
            return calls - firstTry;
        }
    }

    /** The p50, p95 and p99 latency. */
    public record Percentiles(Duration p50, Duration p95, Duration p99) {}

    /**
     * Sums.
     *
     * @param waited total wait between attempts and for admission
     * @param tokens input and output tokens, of the calls where they are known
     * @param costUsd of the calls where it is known; null if of none
     * @param unknown number of calls that these two sums omit
     */
    public record Totals(
            Duration waited, long tokens, @Nullable BigDecimal costUsd, Unknown unknown) {}

    /**
     * Successful calls with unknown values. Token counts are included; failed calls without usage are not.
     *
     * @param prices calls without a cost
     * @param usages calls without tokens
     */
    public record Unknown(long prices, long usages) {}

    /** The provider of this group; empty if not grouped by provider. */
    public String provider() {
        return group.getOrDefault(GroupBy.PROVIDER, "");
    }

    public double meanRetries() {
        return retries.mean();
    }

    public int maxRetries() {
        return retries.max();
    }

    /** Share of successful calls, 0 to 1. */
    public double successRate() {
        return (double) successes.calls() / operations;
    }

    /** Share of calls that succeeded without a retry, 0 to 1. */
    public double firstTrySuccessRate() {
        return (double) successes.firstTry() / operations;
    }

    /** Calls that succeeded after a retry. */
    public long recovered() {
        return successes.recovered();
    }

    public Duration waited() {
        return totals.waited();
    }

    public long tokens() {
        return totals.tokens();
    }

    public @Nullable BigDecimal costUsd() {
        return totals.costUsd();
    }

    public Unknown unknown() {
        return totals.unknown();
    }
}
