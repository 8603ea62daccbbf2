package io.aicore.gemini;

import io.aicore.llm.chat.ReasoningEffort;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How long a model may think: tokens up to Gemini 2.5, levels from Gemini 3 on. */
final class Thinking {

    private Thinking() {}

    /** The summaries of the thoughts come along, unless there are to be none. */
    static Map<String, Object> config(@Nullable String model, ReasoningEffort effort) {
        Map<String, Object> config = new LinkedHashMap<>();
        if (effort != ReasoningEffort.NONE) {
            config.put("includeThoughts", true);
        }
        if (hasBudget(model)) {
            config.put("thinkingBudget", budget(effort));
        } else {
            config.put("thinkingLevel", level(effort));
        }
        return config;
    }

    /** The effort that goes out for this one; null for none. */
    static @Nullable String word(@Nullable String model, @Nullable ReasoningEffort effort) {
        if (effort == null) {
            return null;
        }
        return switch (effort) {
            case NONE -> hasBudget(model) ? effort.word() : ReasoningEffort.MINIMAL.word();
            case MINIMAL -> hasBudget(model) ? ReasoningEffort.LOW.word() : effort.word();
            case LOW, MEDIUM, HIGH -> effort.word();
            case XHIGH, MAX -> ReasoningEffort.HIGH.word();
        };
    }

    private static boolean hasBudget(@Nullable String model) {
        return model != null && model.toLowerCase(Locale.ROOT).contains("gemini-2");
    }

    /** The numbers of Google's OpenAI-compatible API. */
    private static int budget(ReasoningEffort effort) {
        return switch (effort) {
            case NONE -> 0;
            case MINIMAL, LOW -> 1_024;
            case MEDIUM -> 8_192;
            case HIGH, XHIGH, MAX -> 24_576;
        };
    }

    /** Thinking cannot be switched off from Gemini 3 on: the least is asked for instead. */
    private static String level(ReasoningEffort effort) {
        return switch (effort) {
            case NONE, MINIMAL -> "MINIMAL";
            case LOW -> "LOW";
            case MEDIUM -> "MEDIUM";
            case HIGH, XHIGH, MAX -> "HIGH";
        };
    }
}
