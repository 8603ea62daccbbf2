package io.aicore.mistral;

import io.aicore.llm.chat.FinishReason;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The API's words for why an answer ended. */
final class FinishReasons {

    /** The provider failed in the middle. */
    static final String ERROR = "error";

    private static final Map<String, FinishReason> REASONS = Map.of(
            "stop", FinishReason.STOP,
            "length", FinishReason.LENGTH,
            // Not the request's limit, but the model's own.
            "model_length", FinishReason.CONTEXT_WINDOW,
            "tool_calls", FinishReason.TOOL_CALLS,
            "content_filter", FinishReason.CONTENT_FILTER);

    private FinishReasons() {}

    /** What this word means for an answer with or without tool calls: what came counts more than a plain stop. */
    static FinishReason of(@Nullable String word, boolean toolCalls) {
        FinishReason reason = word == null ? FinishReason.UNKNOWN : REASONS.getOrDefault(word, FinishReason.UNKNOWN);
        return toolCalls && (word == null || reason == FinishReason.STOP) ? FinishReason.TOOL_CALLS : reason;
    }

    /** Whether an answer may end so without any content. */
    static boolean explainsEmptiness(FinishReason reason) {
        return switch (reason) {
            case LENGTH, CONTEXT_WINDOW, CONTENT_FILTER -> true;
            default -> false;
        };
    }
}
