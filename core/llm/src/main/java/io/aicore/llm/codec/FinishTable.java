package io.aicore.llm.codec;

import io.aicore.llm.chat.FinishReason;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A protocol's words for why an answer ended.
 *
 * @param words what each means; any other is {@link FinishReason#UNKNOWN}
 */
public record FinishTable(Map<String, FinishReason> words) {

    public FinishTable {
        words = Map.copyOf(words);
    }

    /**
     * What this word means. Calls take precedence over a plain end, and over no word at all: hosts say {@code stop} of an
     * answer that calls tools.
     *
     * @param word null without one
     * @param toolCalls whether the answer has calls
     */
    public FinishReason of(@Nullable String word, boolean toolCalls) {
        FinishReason reason = word == null ? FinishReason.UNKNOWN : words.getOrDefault(word, FinishReason.UNKNOWN);
        boolean plain = word == null || reason == FinishReason.STOP;
        return plain && toolCalls ? FinishReason.TOOL_CALLS : reason;
    }
}
