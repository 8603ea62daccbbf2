package io.aicore.observability.dashboard;

import io.aicore.llm.chat.Usage;
import io.aicore.observability.GroupBy;
import io.aicore.observability.LlmAttempt;
import io.aicore.observability.LlmOperation;
import io.aicore.observability.RetryStatistics;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Records as the page reads them: times in milliseconds, moments as ISO 8601, what is unknown as null. */
final class Shown {

    private Shown() {}

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
        shown.put("category", call.trouble().category());
        shown.put("retries", call.retries());
        shown.put("waited", millis(call.waited()));
        shown.put("latency", millis(call.latency()));
        shown.put("tokens", usage == null ? null : usage.inputTokens() + usage.outputTokens());
        shown.put("cost", call.costUsd());
        shown.put("session", call.identity().session());
        return shown;
    }

    /** A call with all that is known of it. */
    static Map<String, @Nullable Object> detail(LlmOperation call) {
        Map<String, @Nullable Object> shown = row(call);
        Usage usage = call.usage();
        shown.put("host", call.host());
        shown.put("workspace", call.identity().workspace());
        shown.put("agent", call.identity().agent());
        shown.put("firstToken", millis(call.timeToFirstToken()));
        shown.put("code", call.trouble().code());
        shown.put("endedBy", call.trouble().endedBy());
        shown.put("why", call.trouble().why());
        shown.put("circuit", call.circuit());
        shown.put("servedBy", call.servedBy());
        if (usage != null) {
            Map<String, Object> tokens = new LinkedHashMap<>();
            tokens.put("input", usage.inputTokens());
            tokens.put("output", usage.outputTokens());
            tokens.put("cached", usage.cachedTokens());
            tokens.put("cacheWrite", usage.cacheWriteTokens());
            tokens.put("reasoning", usage.reasoningTokens());
            shown.put("usage", tokens);
        }
        shown.put("extras", call.extras());
        shown.put("prompt", call.words().prompt());
        shown.put("answer", call.words().answer());
        shown.put("attempts", call.attempts().stream().map(Shown::attempt).toList());
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
        shown.put("hint", millis(attempt.hint()));
        shown.put("delay", millis(attempt.delay()));
        shown.put("why", attempt.why());
        return shown;
    }

    static Map<String, @Nullable Object> statistics(RetryStatistics group) {
        Map<String, @Nullable Object> shown = new LinkedHashMap<>();
        group.group().forEach((by, value) -> shown.put(by == GroupBy.PROVIDER ? "provider" : "model", value));
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
        shown.put("tokens", group.tokens());
        shown.put("cost", group.costUsd());
        return shown;
    }

    static @Nullable Double millis(@Nullable Duration duration) {
        return duration == null ? null : duration.truncatedTo(ChronoUnit.MICROS).toNanos() / 1_000_000.0;
    }
}
