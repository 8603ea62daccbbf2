package io.aicore.openai;

import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.chat.ReasoningEffort;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The field of the reasoning effort. */
enum Effort {
    /** {@code "reasoning_effort": "low"}. */
    FIELD,
    /** {@code "reasoning": {"effort": "low"}}. */
    REASONING_OBJECT,
    /** {@code "thinking": {"type": "enabled"}}: on or off. */
    THINKING_SWITCH;

    // Z.AI: low, high and max from GLM 5.2 on; the models before can be told to think or not to.
    private static final Pattern WITH_LEVELS = Pattern.compile("(?i)glm-(5\\.[2-9]|[6-9]|\\d\\d)");

    void put(Map<String, Object> body, @Nullable String model, ReasoningEffort effort) {
        switch (this) {
            case FIELD -> body.put("reasoning_effort", effort.word());
            case REASONING_OBJECT -> body.put("reasoning", Map.of("effort", effort.word()));
            case THINKING_SWITCH -> {
                boolean off = effort == ReasoningEffort.NONE;
                body.put("thinking", Map.of("type", off ? "disabled" : "enabled"));
                if (!off && hasLevels(model)) {
                    body.put("reasoning_effort", level(effort));
                }
            }
        }
    }

    /** What a host that switches thinking, or has three levels of it, is sent for the effort; null elsewhere. */
    @Nullable
    String said(CompletionRequest request) {
        ReasoningEffort effort = request.reasoningEffort();
        if (this != THINKING_SWITCH || effort == null || effort == ReasoningEffort.NONE) {
            return null;
        }
        return hasLevels(request.model()) ? level(effort) : "enabled";
    }

    private static boolean hasLevels(@Nullable String model) {
        return model != null && WITH_LEVELS.matcher(model).find();
    }

    private static String level(ReasoningEffort effort) {
        return switch (effort) {
            case NONE, MINIMAL, LOW -> "low";
            case MEDIUM, HIGH -> "high";
            case XHIGH, MAX -> "max";
        };
    }
}
