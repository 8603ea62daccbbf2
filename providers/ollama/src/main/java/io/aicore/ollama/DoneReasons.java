package io.aicore.ollama;

import io.aicore.llm.chat.FinishReason;
import org.jspecify.annotations.Nullable;

/** The API's words for why an answer ended. It has none for tool calls. */
final class DoneReasons {

    private DoneReasons() {}

    static FinishReason of(@Nullable String word, boolean calls) {
        if (word == null) {
            return calls ? FinishReason.TOOL_CALLS : FinishReason.UNKNOWN;
        }
        return switch (word) {
            case "stop" -> calls ? FinishReason.TOOL_CALLS : FinishReason.STOP;
            case "length" -> FinishReason.LENGTH;
            // "load" and "unload" say that the model did nothing but come or go.
            default -> FinishReason.UNKNOWN;
        };
    }
}
