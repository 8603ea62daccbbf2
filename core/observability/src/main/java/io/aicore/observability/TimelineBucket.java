package io.aicore.observability;

import java.time.Instant;

/**
 * Calls that began within one bucket of a timeline.
 *
 * @param start of the bucket, a multiple of its width since 1970
 * @param attempts attempts of these calls, including the first ones
 */
public record TimelineBucket(
        Instant start,
        long calls,
        long attempts,
        RetryStatistics.Successes successes,
        RetryStatistics.Percentiles latency,
        RetryStatistics.Totals totals) {}
