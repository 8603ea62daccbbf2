package io.aicore.observability.dashboard;

import io.aicore.llm.chat.Usage;
import io.aicore.observability.LlmAttempt;
import io.aicore.observability.LlmOperation;
import io.aicore.observability.RetryStatistics;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Records in the form of the page: times in milliseconds, instants as ISO 8601, unknown values as null. */
final class ViewModel {

    private static final long MAX_SAFE_INTEGER = (1L << 53) - 1;

    private ViewModel() {}

    /** A call as a row of the table. */
    static Map<String, @Nullable Object> row(LlmOperation call) {
        Map<String, @Nullable Object> shown = new LinkedHashMap<>();
        Usage usage = call.usage();
        shown.put("id", call.id());
        shown.put("start", call.start().toString());
        shown.put("operation", call.operation());
        shown.put("provider", call.provider());
        shown.put("model", call.model());
        shown.put("outcome", call.outcome().word());
        shown.put("category", call.failure().category());
        shown.put("retries", call.retries());
        shown.put("waited", millis(call.waited()));
        shown.put("latency", millis(call.latency()));
        shown.put("tokens", usage == null ? null : exact(usage.totalTokens()));
        shown.put("cost", exact(call.costUsd()));
        shown.put("session", call.identity().session());
        return shown;
    }

    /** A call with all details. */
    static Map<String, @Nullable Object> detail(LlmOperation call) {
        Map<String, @Nullable Object> shown = row(call);
        Usage usage = call.usage();
        shown.put("callId", call.ids().callId());
        shown.put("traceId", call.ids().trace().traceId());
        shown.put("spanId", call.ids().trace().spanId());
        shown.put("resends", call.resends());
        shown.put("host", call.host());
        shown.put("workspace", call.identity().workspace());
        shown.put("agent", call.identity().agent());
        shown.put("firstToken", millis(call.timeToFirstToken()));
        shown.put("code", call.failure().code());
        shown.put("endedBy", call.failure().endedBy());
        shown.put("why", call.failure().why());
        shown.put("circuit", call.circuit());
        shown.put("servedBy", call.servedBy());
        if (usage != null) {
            Map<String, Object> tokens = new LinkedHashMap<>();
            tokens.put("input", exact(usage.inputTokens()));
            tokens.put("output", exact(usage.outputTokens()));
            tokens.put("cached", exact(usage.cachedTokens()));
            tokens.put("cacheWrite", exact(usage.cacheWriteTokens()));
            tokens.put("reasoning", exact(usage.reasoningTokens()));
            shown.put("usage", tokens);
        }
        shown.put("extras", call.extras());
        shown.put("prompt", call.content().prompt());
        shown.put("answer", call.content().answer());
        shown.put("attempts", call.attempts().stream().map(ViewModel::attempt).toList());
        return shown;
    }

    private static Map<String, @Nullable Object> attempt(LlmAttempt attempt) {
        Map<String, @Nullable Object> shown = new LinkedHashMap<>();
        shown.put("number", attempt.number());
        shown.put("start", attempt.start().toString());
        shown.put("duration", millis(attempt.duration()));
        shown.put("phase", attempt.phase());
        shown.put("status", attempt.status());
        shown.put("category", attempt.category());
        shown.put("requestId", attempt.requestId());
        shown.put("hint", millis(attempt.retryAfter()));
        shown.put("delay", millis(attempt.delay()));
        shown.put("why", attempt.why());
        return shown;
    }

    static Map<String, @Nullable Object> statistics(RetryStatistics group) {
        Map<String, @Nullable Object> shown = new LinkedHashMap<>();
        group.group().forEach((by, value) -> shown.put(by.name().toLowerCase(Locale.ROOT), value));
        shown.put("calls", group.operations());
        shown.put("meanRetries", group.meanRetries());
        shown.put("maxRetries", group.maxRetries());
        shown.put("successRate", group.successRate());
        shown.put("firstTryRate", group.firstTrySuccessRate());
        shown.put("recovered", group.recovered());
        shown.put("waited", millis(group.waited()));
        shown.put("p50", millis(group.latency().p50()));
        shown.put("p95", millis(group.latency().p95()));
        shown.put("p99", millis(group.latency().p99()));
        shown.put("tokens", group.tokens() == 0 && group.unknown().usages() > 0 ? null : exact(group.tokens()));
        shown.put("cost", exact(group.costUsd()));
        shown.put("unpriced", group.unknown().prices());
        shown.put("uncounted", group.unknown().usages());
        return shown;
    }

    /** As text, because numbers in JavaScript have 15 digits. */
    static @Nullable String exact(@Nullable BigDecimal number) {
        return number == null ? null : number.stripTrailingZeros().toPlainString();
    }

    /** As text if JavaScript would round it. */
    static Object exact(long number) {
        return Math.abs(number) > MAX_SAFE_INTEGER ? Long.toString(number) : (Object) number;
    }

    static @Nullable Double millis(@Nullable Duration duration) {
        return duration == null ? null : (duration.getSeconds() * 1_000_000 + duration.getNano() / 1_000) / 1_000.0;
    }
}
