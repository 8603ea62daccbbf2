package io.aicore.bedrock;

import io.aicore.llm.chat.FinishReason;
import io.aicore.llm.codec.FinishTable;
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
            "guardrail_intervened", FinishReason.CONTENT_FILTER,
            "content_filtered", FinishReason.CONTENT_FILTER,
            "malformed_tool_use", FinishReason.MALFORMED_TOOL_CALL,
            "malformed_model_output", FinishReason.MALFORMED_TOOL_CALL));

    private StopReasons() {}

    /** What this word means. Calls under {@code end_turn}, or without a word, count more. */
    static FinishReason of(@Nullable String word, boolean toolCalls) {
        return TABLE.of(word, toolCalls);
    }
}
