package io.aicore.observability;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The calls that began within one span of a timeline.
 *
 * @param start of the span, a multiple of its width since 1970
 * @param attempts of these calls, the first ones included
 * @param successes calls that got an answer
 * @param firstTrySuccesses calls that got it without a retry
 * @param waited the time spent waiting between attempts, together
 * @param tokens input and output together, of the calls where they are known
 * @param costUsd of the calls where it is known; null if of none
 * @param unknown how many calls these two sums leave out
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
