package io.aicore.observability;

import static io.aicore.observability.Column.cut;
import static io.aicore.observability.Column.duration;
import static io.aicore.observability.Column.required;

import io.aicore.llm.chat.Usage;
import io.aicore.llm.observe.CallOutcome;
import io.r2dbc.spi.Row;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Calls as rows of {@code aicore_operation}. Texts are truncated to the length of their columns. */
final class OperationTable {

    static final String NAME = "aicore_operation";
    private static final String KEYS = "id";
    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999Z");

    /** Before and after the point. */
    private static final int COST_DIGITS = 12;

    /** Columns derived from others and from the attempts, for fast queries. */
    static final Set<String> DERIVED = Set.of(
            "started_us",
            "retried_for",
            InlineAttempt.AFTER,
            InlineAttempt.TOOK,
            InlineAttempt.STATUS,
            InlineAttempt.REQUEST_ID);

    static final List<Column<LlmOperation>> COLUMNS = List.of(
            new Column<>("id", String.class, LlmOperation::id),
            new Column<>("started_at", OffsetDateTime.class, call -> utc(call.start())),
            new Column<>("started_us", Long.class, call -> micros(call.start())),
            new Column<>("operation", String.class, LlmOperation::operation),
            new Column<>("provider", String.class, call -> cut(call.provider(), 100)),
            new Column<>("model", String.class, call -> cut(call.model(), 300)),
            new Column<>("host", String.class, call -> cut(call.host(), 255)),
            new Column<>("session_id", String.class, call -> cut(call.identity().session(), 200)),
            new Column<>(
                    "workspace_id", String.class, call -> cut(call.identity().workspace(), 200)),
            new Column<>("agent_id", String.class, call -> cut(call.identity().agent(), 200)),
            new Column<>("outcome", String.class, call -> call.outcome().word()),
            new Column<>("category", String.class, call -> cut(call.failure().category(), AttemptTable.WORD)),
            new Column<>("code", String.class, call -> cut(call.failure().code(), 200)),
            new Column<>("ended_by", String.class, call -> call.failure().endedBy()),
            new Column<>("why", String.class, call -> cut(call.failure().why(), 1000)),
            new Column<>("retry_count", Integer.class, LlmOperation::retries),
            new Column<>("retried_for", String.class, call -> RetriesByCause.text(call.attempts())),
            new Column<>("waited_us", Long.class, call -> Column.micros(call.waited())),
            new Column<>("latency_us", Long.class, call -> Column.micros(call.latency())),
            new Column<>("first_token_us", Long.class, call -> Column.micros(call.timeToFirstToken())),
            new Column<>(InlineAttempt.AFTER, Long.class, InlineAttempt::after),
            new Column<>(InlineAttempt.TOOK, Long.class, InlineAttempt::took),
            new Column<>(InlineAttempt.STATUS, Integer.class, InlineAttempt::status),
            new Column<>(InlineAttempt.REQUEST_ID, String.class, InlineAttempt::requestId),
            new Column<>("circuit", String.class, LlmOperation::circuit),
            new Column<>("served_by", String.class, call -> cut(call.servedBy(), 100)),
            tokens("input_tokens", Usage::inputTokens),
            tokens("output_tokens", Usage::outputTokens),
            tokens("cached_tokens", Usage::cachedTokens),
            tokens("cache_write_tokens", Usage::cacheWriteTokens),
            tokens("reasoning_tokens", Usage::reasoningTokens),
            new Column<>("cost_usd", BigDecimal.class, call -> cost(call.costUsd())),
            new Column<>("extras", String.class, call -> MetadataJson.text(call.extras())),
            new Column<>("prompt", String.class, call -> cut(call.content().prompt(), 1_000_000)),
            new Column<>("answer", String.class, call -> cut(call.content().answer(), 1_000_000)),
            new Column<>("resends", Integer.class, LlmOperation::resends),
            new Column<>("call_id", String.class, call -> cut(call.ids().callId(), 64)),
            new Column<>(
                    "trace_id", String.class, call -> cut(call.ids().trace().traceId(), 64)),
            new Column<>("span_id", String.class, call -> cut(call.ids().trace().spanId(), 64)));

    static final Table<LlmOperation> TABLE =
            new Table<>(NAME, KEYS, COLUMNS, call -> call.content().length());

    private OperationTable() {}

    /** Including its attempt, if that is part of the row. */
    static LlmOperation readWithAttempt(Row row) {
        return read(row).attempts(InlineAttempt.read(row));
    }

    /** Without its attempts. */
    static LlmOperation read(Row row) {
        return new LlmOperation(
                new LlmOperation.Ids(
                        text(row, "id"),
                        row.get("call_id", String.class),
                        new TraceIds(row.get("trace_id", String.class), row.get("span_id", String.class))),
                new LlmOperation.Request(
                        text(row, "operation"),
                        text(row, "provider"),
                        text(row, "model"),
                        row.get("host", String.class),
                        new Identity(
                                row.get("session_id", String.class),
                                row.get("workspace_id", String.class),
                                row.get("agent_id", String.class)),
                        MetadataJson.map(text(row, "extras"))),
                new LlmOperation.Timing(
                        instant(row, "started_at"), time(row, "latency_us"), duration(row, "first_token_us")),
                new LlmOperation.Result(
                        CallOutcome.of(text(row, "outcome")),
                        new FailureInfo(
                                row.get("category", String.class),
                                row.get("code", String.class),
                                endedBy(row.get("ended_by", String.class)),
                                row.get("why", String.class)),
                        row.get("served_by", String.class),
                        usage(row),
                        row.get("cost_usd", BigDecimal.class)),
                new LlmOperation.Execution(
                        required(row.get("retry_count", Integer.class), "retry_count"),
                        time(row, "waited_us"),
                        row.get("resends", Integer.class),
                        row.get("circuit", String.class),
                        List.of()),
                new StoredContent(row.get("prompt", String.class), row.get("answer", String.class)));
    }

    /** The instant, or the first or last one that all databases hold. */
    static Instant held(Instant instant) {
        if (instant.isBefore(FIRST)) {
            return FIRST;
        }
        return instant.isAfter(LAST) ? LAST : instant;
    }

    static OffsetDateTime utc(Instant instant) {
        return held(instant).atOffset(ZoneOffset.UTC);
    }

    /** Microseconds since 1970, rounded up. */
    static long micros(Instant instant) {
        Instant held = held(instant);
        return held.getEpochSecond() * 1_000_000 + (held.getNano() + 999) / 1_000;
    }

    /** Null, which is unknown, for a cost beyond the column: no call costs as much. */
    private static @Nullable BigDecimal cost(@Nullable BigDecimal usd) {
        if (usd == null) {
            return null;
        }
        long whole = (long) usd.precision() - usd.scale();
        if (whole > COST_DIGITS) {
            return null;
        }
        if (whole < -COST_DIGITS) {
            return BigDecimal.ZERO;
        }
        return usd.scale() > COST_DIGITS || usd.scale() < 0
                ? usd.setScale(Math.max(0, Math.min(COST_DIGITS, usd.scale())), RoundingMode.HALF_EVEN)
                : usd;
    }

    static Instant instant(Row row, String name) {
        return required(row.get(name, OffsetDateTime.class), name).toInstant();
    }

    static String text(Row row, String name) {
        return required(row.get(name, String.class), name);
    }

    static Duration time(Row row, String name) {
        return required(duration(row, name), name);
    }

    private static Column<LlmOperation> tokens(String name, ToLongFunction<Usage> part) {
        return new Column<>(name, Long.class, call -> {
            Usage usage = call.usage();
            return usage == null ? null : part.applyAsLong(usage);
        });
    }

    private static @Nullable Usage usage(Row row) {
        Long input = row.get("input_tokens", Long.class);
        return input == null
                ? null
                : new Usage(
                        input,
                        number(row, "output_tokens"),
                        number(row, "cached_tokens"),
                        number(row, "cache_write_tokens"),
                        number(row, "reasoning_tokens"));
    }

    private static long number(Row row, String name) {
        return required(row.get(name, Long.class), name);
    }

    /** A name of earlier versions becomes the one of this version. */
    private static @Nullable String endedBy(@Nullable String stored) {
        return "hint_too_long".equals(stored) ? "retry_after_too_long" : stored;
    }
}
