package io.aicore.llm.chat;

/** Why the model stopped. The provider's own word stays beside it, see {@link Completion#rawFinishReason()}. */
public enum FinishReason {
    /** The answer is complete. */
    STOP,
    /** A stop text of the request was reached. */
    STOP_SEQUENCE,
    /** The token limit of the request cut the answer. */
    LENGTH,
    /** The model's context window is full. */
    CONTEXT_WINDOW,
    /** The model asks for tool calls. */
    TOOL_CALLS,
    /** The provider's filter cut the answer. */
    CONTENT_FILTER,
    /** The model declined to answer. */
    REFUSAL,
    /** The provider paused a long turn; send it back to go on. */
    PAUSE,
    /** The model wrote a tool call that nobody can read. */
    MALFORMED_TOOL_CALL,
    /** The provider failed in the middle. */
    ERROR,
    /** The generation was cancelled. */
    CANCELLED,
    /** A word that this version does not know, or none at all. */
    UNKNOWN;

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
}
