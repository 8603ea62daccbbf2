package io.aicore.examples.records;

import io.aicore.observability.GroupBy;
import io.aicore.observability.LlmAttempt;
import io.aicore.observability.LlmOperation;
import io.aicore.observability.RetryStatistics;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Records as rows: names and values. */
final class Rows {

    private Rows() {}

    static Map<String, @Nullable Object> of(RetryStatistics group) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        for (Map.Entry<GroupBy, String> by : group.group().entrySet()) {
            row.put(by.getKey().name().toLowerCase(Locale.ROOT), by.getValue());
        }
        row.put("operations", group.operations());
        row.put("avg_retries", rounded(group.meanRetries()));
        row.put("max_retries", group.maxRetries());
        row.put("success_rate", rounded(group.successRate()));
        row.put("first_try_success_rate", rounded(group.firstTrySuccessRate()));
        row.put("p50_ms", millis(group.latency().p50()));
        row.put("p95_ms", millis(group.latency().p95()));
        row.put("p99_ms", millis(group.latency().p99()));
        row.put("waited_ms", millis(group.waited()));
        row.put("recovered", group.recovered());
        row.put("tokens", group.tokens());
        row.put("cost_usd", group.costUsd());
        return row;
    }

    static Map<String, @Nullable Object> of(LlmOperation call) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        row.put("id", call.id());
        row.put("started_at", call.start().toString());
        row.put("operation", call.operation());
        row.put("provider", call.provider());
        row.put("model", call.model());
        row.put("outcome", call.outcome().word());
        row.put("category", call.failure().category());
        row.put("retries", call.retries());
        row.put("latency_ms", millis(call.latency()));
        row.put("waited_ms", millis(call.waited()));
        row.put(
                "tokens",
                call.usage() == null
                        ? null
                        : call.usage().inputTokens() + call.usage().outputTokens());
        row.put("cost_usd", call.costUsd());
        return row;
    }

    /** What a list leaves out. */
    static Map<String, @Nullable Object> more(LlmOperation call) {
        Map<String, @Nullable Object> row = of(call);
        row.put("call_id", call.ids().callId());
        row.put("trace_id", call.ids().trace().traceId());
        row.put("span_id", call.ids().trace().spanId());
        row.put("host", call.host());
        row.put("session", call.identity().session());
        row.put("workspace", call.identity().workspace());
        row.put("agent", call.identity().agent());
        row.put("circuit", call.circuit());
        row.put("served_by", call.servedBy());
        row.put("first_token_ms", millis(call.timeToFirstToken()));
        row.put("code", call.failure().code());
        row.put("ended_by", call.failure().endedBy());
        row.put("why", call.failure().why());
        row.put("resends", call.resends());
        row.put("extras", call.extras());
        return row;
    }

    static Map<String, @Nullable Object> of(LlmAttempt attempt) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        row.put("number", attempt.number());
        row.put("started_at", attempt.start().toString());
        row.put("duration_ms", millis(attempt.duration()));
        row.put("phase", attempt.phase());
        row.put("status", attempt.status());
        row.put("category", attempt.category());
        row.put("request_id", attempt.requestId());
        row.put("hint_ms", millis(attempt.retryAfter()));
        row.put("delay_ms", millis(attempt.delay()));
        row.put("why", attempt.why());
        return row;
    }

    private static @Nullable BigDecimal millis(@Nullable Duration span) {
        return span == null ? null : plain(BigDecimal.valueOf(span.toNanos() / 1_000, 3));
    }

    private static BigDecimal rounded(double value) {
        return plain(BigDecimal.valueOf(value).setScale(6, RoundingMode.HALF_EVEN));
    }

    private static BigDecimal plain(BigDecimal value) {
        BigDecimal stripped = value.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }
}
