package io.aicore.anthropic;

import io.aicore.llm.chat.ReasoningEffort;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A reasoning effort in this API's terms.
 *
 * @param field the {@code thinking} object; null says nothing of it
 * @param effort the word for {@code output_config.effort}; null says nothing of it
 * @param maxTokens the answer's limit, thinking included
 */
record Thinking(
        @Nullable Map<String, Object> field, @Nullable String effort, int maxTokens) {

    /** The default limit: every model accepts it. */
    static final int DEFAULT_MAX_TOKENS = 4_096;

    /** The default limit if the model may think: thinking counts against it. */
    static final int THINKING_MAX_TOKENS = 16_384;

    private static final String BUDGET = "budget_tokens";

    // The API's least budget.
    private static final int LEAST_BUDGET = 1_024;

    static Thinking of(@Nullable ReasoningEffort effort, ModelAge model, @Nullable Integer maxTokens) {
        if (effort == null || effort == ReasoningEffort.NONE) {
            return new Thinking(
                    effort == null ? null : Map.of("type", "disabled"),
                    null,
                    maxTokens == null ? DEFAULT_MAX_TOKENS : maxTokens);
        }
        if (model == ModelAge.BEFORE_4_6) {
            return budgeted(budget(effort), maxTokens);
        }
        // There is no word for less than low.
        String word = effort == ReasoningEffort.MINIMAL ? ReasoningEffort.LOW.word() : effort.word();
        return new Thinking(Map.of("type", "adaptive"), word, maxTokens == null ? THINKING_MAX_TOKENS : maxTokens);
    }

    /** Whether the model is asked to think. */
    boolean on() {
        return field != null && !"disabled".equals(field.get("type"));
    }

    /** The budget, if the limit has made it less than this effort means; else null. */
    @Nullable
    Integer limited(@Nullable ReasoningEffort effort) {
        return effort != null && field != null && field.get(BUDGET) instanceof Integer budget && budget < budget(effort)
                ? budget
                : null;
    }

    private static Thinking budgeted(int wanted, @Nullable Integer maxTokens) {
        int limit = maxTokens == null ? Math.max(THINKING_MAX_TOKENS, wanted + DEFAULT_MAX_TOKENS) : maxTokens;
        // The budget must stay below the limit, and the answer needs room too.
        int budget = maxTokens == null ? wanted : Math.max(LEAST_BUDGET, Math.min(wanted, limit / 2));
        Map<String, Object> field = new LinkedHashMap<>();
        field.put("type", "enabled");
        field.put(BUDGET, budget);
        return new Thinking(field, null, limit);
    }

    private static int budget(ReasoningEffort effort) {
        return switch (effort) {
            case NONE, MINIMAL -> LEAST_BUDGET;
            case LOW -> 2_048;
            case MEDIUM -> 8_192;
            case HIGH -> 16_384;
            case XHIGH -> 24_576;
            case MAX -> 27_904; // with room for the answer, 32,000: the least limit among models that think by a budget
        };
    }
}
