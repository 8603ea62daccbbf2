package io.aicore.observability;

import io.aicore.llm.observe.CallOutcome;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which calls: those that meet all that is said. Null, the default of each, is no condition.
 *
 * @param from the first start that counts
 * @param to the first start that does not count any more
 * @param category the kind of the last failure, as {@code rate_limited}
 * @param minTokens of input and output together; calls whose tokens are unknown do not meet it, nor the next
 * @param retriedOnly whether only calls with at least one retry count
 * @param text anywhere in the extras, in upper or lower case
 * @param limit at most this many, the newest first; for listings, not for statistics
 */
public record OperationFilter(
        @Nullable Instant from,
        @Nullable Instant to,
        @Nullable String provider,
        @Nullable String model,
        @Nullable CallOutcome outcome,
        @Nullable String category,
        @Nullable Long minTokens,
        @Nullable Long maxTokens,
        @Nullable Duration minLatency,
        @Nullable Duration maxLatency,
        boolean retriedOnly,
        @Nullable String session,
        @Nullable String text,
        @Nullable Long limit) {

    /** All calls: where each filter begins, as in {@code ALL.provider("openai").retried()}. */
    public static final OperationFilter ALL =
            new OperationFilter(null, null, null, null, null, null, null, null, null, null, false, null, null, null);

    public OperationFilter {
        if (from != null && to != null && !from.isBefore(to)) {
            throw new IllegalArgumentException("from: " + from + " (expected: before to, " + to + ")");
        }
        if (limit != null && limit < 1) {
            throw new IllegalArgumentException("limit: " + limit + " (expected: >= 1)");
        }
    }

    /** Calls that began at this time or later. */
    public OperationFilter from(@Nullable Instant from) {
        return new OperationFilter(
                from,
                to,
                provider,
                model,
                outcome,
                category,
                minTokens,
                maxTokens,
                minLatency,
                maxLatency,
                retriedOnly,
                session,
                text,
                limit);
    }

    /** Calls that began before this time. */
    public OperationFilter to(@Nullable Instant to) {
        return new OperationFilter(
                from,
                to,
                provider,
                model,
                outcome,
                category,
                minTokens,
                maxTokens,
                minLatency,
                maxLatency,
                retriedOnly,
                session,
                text,
                limit);
    }

    /** Calls of this provider. */
    public OperationFilter provider(@Nullable String provider) {
        return new OperationFilter(
                from,
                to,
                provider,
                model,
                outcome,
                category,
                minTokens,
                maxTokens,
                minLatency,
                maxLatency,
                retriedOnly,
                session,
                text,
                limit);
    }

    /** Calls of this model. */
    public OperationFilter model(@Nullable String model) {
        return new OperationFilter(
                from,
                to,
                provider,
                model,
                outcome,
                category,
                minTokens,
                maxTokens,
                minLatency,
                maxLatency,
                retriedOnly,
                session,
                text,
                limit);
    }

    /** Calls that ended so. */
    public OperationFilter outcome(@Nullable CallOutcome outcome) {
        return new OperationFilter(
                from,
                to,
                provider,
                model,
                outcome,
                category,
                minTokens,
                maxTokens,
                minLatency,
                maxLatency,
                retriedOnly,
                session,
                text,
                limit);
    }

    /** Calls whose last failure was of this kind. */
    public OperationFilter category(@Nullable String category) {
        return new OperationFilter(
                from,
                to,
                provider,
                model,
                outcome,
                category,
                minTokens,
                maxTokens,
                minLatency,
                maxLatency,
                retriedOnly,
                session,
                text,
                limit);
    }

    /** Calls with tokens within these bounds, both included. */
    public OperationFilter tokens(@Nullable Long min, @Nullable Long max) {
        return new OperationFilter(
                from,
                to,
                provider,
                model,
                outcome,
                category,
                min,
                max,
                minLatency,
                maxLatency,
                retriedOnly,
                session,
                text,
                limit);
    }

    /** Calls with a latency within these bounds, both included. */
    public OperationFilter latency(@Nullable Duration min, @Nullable Duration max) {
        return new OperationFilter(
                from,
                to,
                provider,
                model,
                outcome,
                category,
                minTokens,
                maxTokens,
                min,
                max,
                retriedOnly,
                session,
                text,
                limit);
    }

    /** Calls with at least one retry. */
    public OperationFilter retried() {
        return new OperationFilter(
                from,
                to,
                provider,
                model,
                outcome,
                category,
                minTokens,
                maxTokens,
                minLatency,
                maxLatency,
                true,
                session,
                text,
                limit);
    }

    /** Calls of this session. */
    public OperationFilter session(@Nullable String session) {
        return new OperationFilter(
                from,
                to,
                provider,
                model,
                outcome,
                category,
                minTokens,
                maxTokens,
                minLatency,
                maxLatency,
                retriedOnly,
                session,
                text,
                limit);
    }

    /** Calls with this text in their extras. */
    public OperationFilter text(@Nullable String text) {
        return new OperationFilter(
                from,
                to,
                provider,
                model,
                outcome,
                category,
                minTokens,
                maxTokens,
                minLatency,
                maxLatency,
                retriedOnly,
                session,
                text,
                limit);
    }

    /** At most this many. */
    public OperationFilter limit(@Nullable Long limit) {
        return new OperationFilter(
                from,
                to,
                provider,
                model,
                outcome,
                category,
                minTokens,
                maxTokens,
                minLatency,
                maxLatency,
                retriedOnly,
                session,
                text,
                limit);
    }
}
