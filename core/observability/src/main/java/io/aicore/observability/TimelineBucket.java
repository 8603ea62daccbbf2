package io.aicore.observability;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Calls that began within one bucket of a timeline.
 *
 * @param start of the bucket, a multiple of its width since 1970
 * @param attempts attempts of these calls, including the first ones
 * @param successes successful calls
 * @param firstTrySuccesses calls that succeeded without a retry
 * @param waited total wait between attempts
 * @param tokens input and output tokens, of the calls where they are known
 * @param costUsd of the calls where it is known; null if of none
 * @param unknown number of calls that these two sums omit
 */
public record TimelineBucket(
        Instant start,
        long calls,
        long attempts,
        long successes,
        long firstTrySuccesses,
        Duration waited,
        RetryStatistics.Percentiles latency,
        long tokens,
        @Nullable BigDecimal costUsd,
        RetryStatistics.Unknown unknown) {}
