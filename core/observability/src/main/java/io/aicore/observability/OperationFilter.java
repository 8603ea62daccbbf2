package io.aicore.observability;

import io.aicore.internal.Check;
import io.aicore.llm.observe.CallOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import org.jspecify.annotations.Nullable;

/**
 * A filter of calls, as in {@code ALL.provider("openai").retried()}; all conditions must match. Immutable: each method
 * with a value returns a copy with this condition, or without it for null.
 */
public final class OperationFilter {

    /** All calls, to start from. */
    public static final OperationFilter ALL = new OperationFilter(new EnumMap<>(Condition.class));

    private enum Condition {
        FROM,
        TO,
        PROVIDER,
        MODEL,
        OUTCOME,
        CATEGORY,
        MIN_TOKENS,
        MAX_TOKENS,
        MIN_LATENCY,
        MAX_LATENCY,
        RETRIED,
        SESSION,
        WORKSPACE,
        AGENT,
        TEXT,
        LIMIT
    }

    // Never changed once the filter is made.
    private final EnumMap<Condition, Object> conditions;

    private OperationFilter(EnumMap<Condition, Object> conditions) {
        this.conditions = conditions;
        Instant from = from();
        Instant to = to();
        Check.that(from == null || to == null || from.isBefore(to), "from", from, "before to, " + to);
        Long limit = limit();
        Check.that(limit == null || limit >= 1, "limit", limit, ">= 1");
    }

    /** Calls that began at this time or later. */
    public OperationFilter from(@Nullable Instant from) {
        return with(Condition.FROM, from);
    }

    /** Calls that began before this time. */
    public OperationFilter to(@Nullable Instant to) {
        return with(Condition.TO, to);
    }

    /** Calls of this provider. */
    public OperationFilter provider(@Nullable String provider) {
        return with(Condition.PROVIDER, provider);
    }

    /** Calls of this model. */
    public OperationFilter model(@Nullable String model) {
        return with(Condition.MODEL, model);
    }

    /** Calls with this outcome. */
    public OperationFilter outcome(@Nullable CallOutcome outcome) {
        return with(Condition.OUTCOME, outcome);
    }

    /** Calls whose last failure was of this category, such as {@code rate_limited}. */
    public OperationFilter category(@Nullable String category) {
        return with(Condition.CATEGORY, category);
    }

    /** Calls with input and output tokens within these bounds, both inclusive; unknown tokens match no bound. */
    public OperationFilter tokens(@Nullable Long min, @Nullable Long max) {
        return with(Condition.MIN_TOKENS, min).with(Condition.MAX_TOKENS, max);
    }

    /** Calls with a latency within these bounds, both inclusive. */
    public OperationFilter latency(@Nullable Duration min, @Nullable Duration max) {
        return with(Condition.MIN_LATENCY, min).with(Condition.MAX_LATENCY, max);
    }

    /** Calls with at least one retry. */
    public OperationFilter retried() {
        return with(Condition.RETRIED, true);
    }

    /** Calls of this session. */
    public OperationFilter session(@Nullable String session) {
        return with(Condition.SESSION, session);
    }

    /** Calls for this workspace. */
    public OperationFilter workspace(@Nullable String workspace) {
        return with(Condition.WORKSPACE, workspace);
    }

    /** Calls of this agent. */
    public OperationFilter agent(@Nullable String agent) {
        return with(Condition.AGENT, agent);
    }

    /** Calls with this text in their extras, ignoring case. */
    public OperationFilter text(@Nullable String text) {
        return with(Condition.TEXT, text);
    }

    /** At most this many calls, the newest; for listings, not for statistics. */
    public OperationFilter limit(@Nullable Long limit) {
        return with(Condition.LIMIT, limit);
    }

    public @Nullable Instant from() {
        return get(Condition.FROM, Instant.class);
    }

    public @Nullable Instant to() {
        return get(Condition.TO, Instant.class);
    }

    public @Nullable String provider() {
        return get(Condition.PROVIDER, String.class);
    }

    public @Nullable String model() {
        return get(Condition.MODEL, String.class);
    }

    public @Nullable CallOutcome outcome() {
        return get(Condition.OUTCOME, CallOutcome.class);
    }

    public @Nullable String category() {
        return get(Condition.CATEGORY, String.class);
    }

    public @Nullable Long minTokens() {
        return get(Condition.MIN_TOKENS, Long.class);
    }

    public @Nullable Long maxTokens() {
        return get(Condition.MAX_TOKENS, Long.class);
    }

    public @Nullable Duration minLatency() {
        return get(Condition.MIN_LATENCY, Duration.class);
    }

    public @Nullable Duration maxLatency() {
        return get(Condition.MAX_LATENCY, Duration.class);
    }

    public boolean retriedOnly() {
        return conditions.containsKey(Condition.RETRIED);
    }

    public @Nullable String session() {
        return get(Condition.SESSION, String.class);
    }

    public @Nullable String workspace() {
        return get(Condition.WORKSPACE, String.class);
    }

    public @Nullable String agent() {
        return get(Condition.AGENT, String.class);
    }

    public @Nullable String text() {
        return get(Condition.TEXT, String.class);
    }

    public @Nullable Long limit() {
        return get(Condition.LIMIT, Long.class);
    }

    private <T> @Nullable T get(Condition condition, Class<T> type) {
        return type.cast(conditions.get(condition));
    }

    private OperationFilter with(Condition condition, @Nullable Object value) {
        EnumMap<Condition, Object> changed = new EnumMap<>(conditions);
        if (value == null) {
            changed.remove(condition);
        } else {
            changed.put(condition, value);
        }
        return new OperationFilter(changed);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof OperationFilter filter && conditions.equals(filter.conditions);
    }

    @Override
    public int hashCode() {
        return conditions.hashCode();
    }

    @Override
    public String toString() {
        return "OperationFilter" + conditions;
    }
}
