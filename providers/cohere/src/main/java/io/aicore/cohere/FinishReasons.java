package io.aicore.cohere;

import io.aicore.llm.chat.FinishReason;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The API's words for why an answer ended. */
final class FinishReasons {

    /** The provider failed in the middle. */
    static final String ERROR = "ERROR";
    /** The provider ran out of time in the middle. */
    static final String TIMEOUT = "TIMEOUT";

    private static final Map<String, FinishReason> REASONS = Map.of(
            "COMPLETE", FinishReason.STOP,
            "STOP_SEQUENCE", FinishReason.STOP_SEQUENCE,
            "MAX_TOKENS", FinishReason.LENGTH,
            "TOOL_CALL", FinishReason.TOOL_CALLS);

    private FinishReasons() {}

    /** Whether this word stands for a failure of the provider. */
    static boolean isFailure(String word) {
        return word.equals(ERROR) || word.equals(TIMEOUT);
    }

    static FinishReason of(@Nullable String word) {
        return word == null ? FinishReason.UNKNOWN : REASONS.getOrDefault(word, FinishReason.UNKNOWN);
    }
}
