package io.aicore.cohere;

import io.aicore.llm.chat.ReasoningEffort;
import io.aicore.llm.codec.ChatJson;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A reasoning effort in this API's terms: on or off, and a budget of tokens. */
final class Thinking {

    private static final String TYPE = "type";
    private static final String ENABLED = "enabled";

    private Thinking() {}

    /** The {@code thinking} object; null says nothing of it. */
    static @Nullable Map<String, Object> of(@Nullable ReasoningEffort effort, @Nullable Integer maxTokens) {
        if (effort == null) {
            return null;
        }
        if (effort == ReasoningEffort.NONE) {
            return Map.of(TYPE, "disabled");
        }
        Integer budget = budget(effort);
        if (budget == null) {
            return Map.of(TYPE, ENABLED);
        }
        return ChatJson.ordered(TYPE, ENABLED, "token_budget", Math.min(budget, room(budget, maxTokens)));
    }

    /** The budget, if the limit has made it less than this effort means; else null. */
    static @Nullable Integer limited(@Nullable ReasoningEffort effort, @Nullable Integer maxTokens) {
        Integer budget = effort == null || effort == ReasoningEffort.NONE ? null : budget(effort);
        int room = budget == null ? 0 : room(budget, maxTokens);
        return budget != null && room < budget ? room : null;
    }

    /** Thinking counts against the answer's limit, and the answer needs room too. */
    private static int room(int budget, @Nullable Integer maxTokens) {
        return maxTokens == null ? budget : Math.max(1, maxTokens / 2);
    }

    /** Null is as much as the model likes. */
    private static @Nullable Integer budget(ReasoningEffort effort) {
        return switch (effort) {
            case NONE, MINIMAL -> 1_024;
            case LOW -> 2_048;
            case MEDIUM -> 8_192;
            case HIGH -> 16_384;
            case XHIGH -> 24_576;
            case MAX -> null;
        };
    }
}
