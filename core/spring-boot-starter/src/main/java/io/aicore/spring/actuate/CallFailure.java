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
        CallFailure told = new CallFailure();
        told.add("at", at.toString());
        told.add("provider", failure.provider());
        told.add("model", failure.model());
        told.add("category", failure.category().word());
        told.add("status", failure.status());
        told.add("requestId", failure.requestId());
        told.add("attempts", failure.attempts().size());
        @Nullable GiveUpReason reason = failure.reason();
        told.add("reason", reason == null ? null : reason.word());
        return told;
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
