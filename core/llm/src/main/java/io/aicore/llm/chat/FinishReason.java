package io.aicore.llm.chat;

import java.util.Locale;

/** Why the model stopped. The provider's own value is in {@link Completion#rawFinishReason()}. */
public enum FinishReason {
    /** The answer is complete. */
    STOP,
    /** A stop sequence of the request was reached. */
    STOP_SEQUENCE,
    /** The token limit of the request truncated the answer. */
    LENGTH,
    /** The model's context window is full. */
    CONTEXT_WINDOW,
    /** The model requests tool calls. */
    TOOL_CALLS,
    /** The provider's content filter truncated the answer. */
    CONTENT_FILTER,
    /** The model refused to answer. */
    REFUSAL,
    /** The provider paused a long turn; send it back to continue. */
    PAUSE,
    /** The model wrote a tool call that cannot be parsed. */
    MALFORMED_TOOL_CALL,
    /** The provider failed while generating. */
    ERROR,
    /** The generation was cancelled. */
    CANCELLED,
    /** An unknown value, or none. */
    UNKNOWN;

    private final String word = name().toLowerCase(Locale.ROOT);

    /**
     * Whether an answer may end so without any content: the limit spent on hidden reasoning, a filter, a refusal without
     * words, a pause. Any other answer without content is an empty one.
     */
    public boolean allowsEmpty() {
        return switch (this) {
            case LENGTH, CONTEXT_WINDOW, CONTENT_FILTER, REFUSAL, PAUSE -> true;
            default -> false;
        };
    }

    /** The name in lower case, as in {@code tool_calls}. */
    public String word() {
        return word;
    }
}
