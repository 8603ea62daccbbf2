package io.aicore.anthropic;

import io.aicore.llm.chat.FinishReason;
import io.aicore.llm.codec.FinishTable;
import io.aicore.llm.codec.json.JsonFields;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The API's words for why an answer ended. */
final class StopReasons {

    private static final FinishTable TABLE = new FinishTable(Map.of(
            "end_turn", FinishReason.STOP,
            "stop_sequence", FinishReason.STOP_SEQUENCE,
            "max_tokens", FinishReason.LENGTH,
            "model_context_window_exceeded", FinishReason.CONTEXT_WINDOW,
            "tool_use", FinishReason.TOOL_CALLS,
            "pause_turn", FinishReason.PAUSE,
            // A feature in beta: the conversation was summed up, and goes on with the next request.
            "compaction", FinishReason.PAUSE,
            "refusal", FinishReason.REFUSAL));

    private StopReasons() {}

    /** What this word means. Calls under {@code end_turn}, or without a word, count more. */
    static FinishReason of(@Nullable String word, boolean toolCalls) {
        return TABLE.of(word, toolCalls);
    }

    /** The explanation of a refusal in {@code stop_details}; empty without one. */
    static String refusal(FinishReason reason, JsonFields holder) {
        return reason == FinishReason.REFUSAL ? holder.text("stop_details", "explanation") : "";
    }
}
