package io.aicore.observability;

import io.aicore.llm.observe.CallOutcome;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A filter of calls; all conditions must match. Null, the default of each, is no condition.
 *
 * @param from start of the time range, inclusive
 * @param to end of the time range, exclusive
 * @param category category of the last failure, such as {@code rate_limited}
 * @param minTokens input and output tokens; calls with unknown tokens match neither this nor the next condition
 * @param retriedOnly whether only calls with at least one retry match
 * @param text contained in the extras, ignoring case
 * @param limit maximum number, the newest first; for listings, not for statistics
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

    /** All calls, to start from, as in {@code ALL.provider("openai").retried()}. */
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

    /** Calls with this outcome. */
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

    /** Calls whose last failure was of this category. */
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

    /** Calls with tokens within these bounds, both inclusive. */
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

    /** Calls with a latency within these bounds, both inclusive. */
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

    /** Limits the number of calls. */
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
