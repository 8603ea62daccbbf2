package io.aicore.spring.actuate;

import io.aicore.llm.error.LlmException;
import io.aicore.retry.GiveUpReason;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A failed call, without prompts, answers and messages. */
final class CallFailure {

    private final Map<String, Object> members = new LinkedHashMap<>();

    private CallFailure() {}

    static CallFailure of(Instant at, LlmException failure) {
        CallFailure shown = new CallFailure();
        shown.add("at", at.toString());
        shown.add("provider", failure.provider());
        shown.add("model", failure.model());
        shown.add("category", failure.category().word());
        shown.add("status", failure.status());
        shown.add("requestId", failure.requestId());
        shown.add("attempts", failure.attempts().size());
        @Nullable GiveUpReason reason = failure.reason();
        shown.add("reason", reason == null ? null : reason.word());
        return shown;
    }

    private void add(String name, @Nullable Object value) {
        if (value != null) {
            members.put(name, value);
        }
    }

    Map<String, Object> members() {
        return members;
    }
}
