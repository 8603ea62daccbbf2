package io.aicore.examples.explain;

import io.aicore.llm.error.ErrorDetails;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a failure means, and what the client would do about it. */
record Verdict(String id, ErrorDetails details) {

    String category() {
        return details.category().word();
    }

    boolean retryable() {
        return details.retryable();
    }

    @Nullable
    Long retryAfterMillis() {
        Duration delay = details.retryAfter();
        return delay == null ? null : Long.valueOf(delay.toMillis());
    }

    String why() {
        return details.why();
    }

    /** One line of an answer to many cases. */
    Map<String, @Nullable Object> line() {
        Map<String, @Nullable Object> line = new LinkedHashMap<>();
        line.put("id", id);
        line.put("category", category());
        line.put("retryable", retryable());
        line.put("retry_after_ms", retryAfterMillis());
        line.put("why", why());
        return line;
    }
}
