package io.aicore.openai;

/**
 * How a host's protocol differs from OpenAI's.
 *
 * @param maxTokens the field for the answer's token limit
 * @param streamUsage whether a stream must be asked for its usage; false where it comes unasked, or the question is refused
 * @param effort where the reasoning effort is said
 * @param reasoningBack whether the reasoning of a tool-calling turn must be sent back while the turn goes on
 * @param terminator whether a stream must end with {@code [DONE]}
 */
record Dialect(String maxTokens, boolean streamUsage, Effort effort, boolean reasoningBack, boolean terminator) {

    /** Where the reasoning effort is said. */
    enum Effort {
        /** {@code "reasoning_effort": "low"}. */
        FIELD,
        /** {@code "reasoning": {"effort": "low"}}. */
        REASONING_OBJECT,
        /** {@code "thinking": {"type": "enabled"}}: on or off. */
        THINKING_SWITCH
    }

    /** OpenAI's own. */
    static final Dialect OPENAI = new Dialect("max_completion_tokens", true, Effort.FIELD, false, true);

    /** What most hosts understand: the older name of the token limit, and no question they may refuse. */
    static final Dialect COMMON = OPENAI.maxTokens("max_tokens").streamUsage(false);

    Dialect maxTokens(String maxTokens) {
        return new Dialect(maxTokens, streamUsage, effort, reasoningBack, terminator);
    }

    Dialect streamUsage(boolean streamUsage) {
        return new Dialect(maxTokens, streamUsage, effort, reasoningBack, terminator);
    }

    Dialect effort(Effort effort) {
        return new Dialect(maxTokens, streamUsage, effort, reasoningBack, terminator);
    }

    Dialect reasoningBack(boolean reasoningBack) {
        return new Dialect(maxTokens, streamUsage, effort, reasoningBack, terminator);
    }

    Dialect terminator(boolean terminator) {
        return new Dialect(maxTokens, streamUsage, effort, reasoningBack, terminator);
    }
}
