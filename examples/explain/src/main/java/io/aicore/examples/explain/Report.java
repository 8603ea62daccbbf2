package io.aicore.examples.explain;

import io.aicore.llm.error.ErrorDetails;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One failure told at length. */
final class Report {

    private Report() {}

    /** For people. */
    static List<String> lines(ErrorDetails details) {
        List<String> lines = new ArrayList<>();
        Duration stated = details.retryAfter();
        add(lines, "category", details.category().word());
        add(lines, "retryable", details.retryable() ? "yes" : "no");
        add(lines, "why", details.why());
        add(lines, "stated delay", stated == null ? "none" : Advice.seconds(stated));
        add(lines, "provider", details.provider());
        add(lines, "status", details.status());
        add(lines, "code", details.code());
        add(lines, "request id", details.requestId());
        add(lines, "message", details.shortened().providerMessage());
        add(lines, "the client", Advice.on(details));
        return lines;
    }

    private static void add(List<String> lines, String label, @Nullable Object value) {
        if (value != null) {
            lines.add(String.format("%-14s%s", label, value));
        }
    }

    /** For programs. */
    static Map<String, @Nullable Object> fields(ErrorDetails details) {
        Duration stated = details.retryAfter();
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("category", details.category().word());
        fields.put("retryable", details.retryable());
        fields.put("retry_after_ms", stated == null ? null : stated.toMillis());
        fields.put("why", details.why());
        fields.put("provider", details.provider());
        fields.put("status", details.status());
        fields.put("code", details.code());
        fields.put("request_id", details.requestId());
        fields.put("message", details.shortened().providerMessage());
        fields.put("client", Advice.on(details).fields());
        return fields;
    }
}
