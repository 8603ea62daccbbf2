package io.aicore.cohere;

import io.aicore.llm.chat.FinishReason;
import java.util.Map;

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

    /** What this word means. Calls under {@code COMPLETE}, or without a word, count more. */
    static FinishReason of(String word, boolean toolCalls) {
        FinishReason reason = REASONS.getOrDefault(word, FinishReason.UNKNOWN);
        boolean plain = reason == FinishReason.STOP || word.isEmpty();
        return plain && toolCalls ? FinishReason.TOOL_CALLS : reason;
    }
}
