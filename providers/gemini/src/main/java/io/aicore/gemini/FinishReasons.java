package io.aicore.gemini;

import io.aicore.llm.chat.FinishReason;
import io.aicore.llm.codec.FinishTable;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Google's words for why an answer ended. The enum is open: Vertex sends words that its documentation does not know. */
final class FinishReasons {

    private static final String UNSPECIFIED = "FINISH_REASON_UNSPECIFIED";

    private static final FinishTable TABLE = new FinishTable(Map.ofEntries(
            Map.entry("STOP", FinishReason.STOP),
            Map.entry("MAX_TOKENS", FinishReason.LENGTH),
            Map.entry("SAFETY", FinishReason.CONTENT_FILTER),
            Map.entry("RECITATION", FinishReason.CONTENT_FILTER),
            Map.entry("LANGUAGE", FinishReason.CONTENT_FILTER),
            Map.entry("BLOCKLIST", FinishReason.CONTENT_FILTER),
            Map.entry("PROHIBITED_CONTENT", FinishReason.CONTENT_FILTER),
            Map.entry("SPII", FinishReason.CONTENT_FILTER),
            Map.entry("MODEL_ARMOR", FinishReason.CONTENT_FILTER),
            Map.entry("IMAGE_SAFETY", FinishReason.CONTENT_FILTER),
            Map.entry("IMAGE_PROHIBITED_CONTENT", FinishReason.CONTENT_FILTER),
            Map.entry("IMAGE_RECITATION", FinishReason.CONTENT_FILTER),
            Map.entry("IMAGE_OTHER", FinishReason.CONTENT_FILTER),
            Map.entry("MALFORMED_FUNCTION_CALL", FinishReason.MALFORMED_TOOL_CALL),
            Map.entry("UNEXPECTED_TOOL_CALL", FinishReason.MALFORMED_TOOL_CALL),
            Map.entry("TOO_MANY_TOOL_CALLS", FinishReason.MALFORMED_TOOL_CALL),
            Map.entry("CONTINUATION", FinishReason.PAUSE),
            Map.entry("OTHER", FinishReason.ERROR)));

    private FinishReasons() {}

    /** The word, if it is one: an enum's default is none. */
    static @Nullable String word(@Nullable String word) {
        return word == null || word.isEmpty() || word.equals(UNSPECIFIED) ? null : word;
    }

    /** What this word means. An answer that calls functions ends with {@code STOP} too: what came counts more. */
    static FinishReason of(@Nullable String word, boolean toolCalls) {
        return TABLE.of(word, toolCalls);
    }
}
