package io.aicore.openai;

/**
 * How a host's protocol differs from OpenAI's.
 *
 * @param maxTokens the field for the answer's token limit
 * @param streamUsage whether a stream must be asked for its usage; false where it comes unasked, or the question is refused
 * @param effort where the reasoning effort is said
 * @param reasoningBack whether the reasoning of a tool-calling turn must be sent back while the turn goes on
 * @param terminator whether a stream must end with {@code [DONE]}
 * @param jsonSchema whether all models of the host, but for old ones, hold answers to a JSON schema
 */
record Dialect(
        String maxTokens,
        boolean streamUsage,
        Effort effort,
        boolean reasoningBack,
        boolean terminator,
        boolean jsonSchema) {

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
    static final Dialect OPENAI = new Dialect("max_completion_tokens", true, Effort.FIELD, false, true, true);

    /** What most hosts understand: the older name of the token limit, and nothing they may refuse. */
    static final Dialect COMMON =
            OPENAI.maxTokens("max_tokens").streamUsage(false).jsonSchema(false);

    Dialect maxTokens(String maxTokens) {
        return new Dialect(maxTokens, streamUsage, effort, reasoningBack, terminator, jsonSchema);
    }

    Dialect streamUsage(boolean streamUsage) {
        return new Dialect(maxTokens, streamUsage, effort, reasoningBack, terminator, jsonSchema);
    }

    Dialect effort(Effort effort) {
        return new Dialect(maxTokens, streamUsage, effort, reasoningBack, terminator, jsonSchema);
    }

    Dialect reasoningBack(boolean reasoningBack) {
        return new Dialect(maxTokens, streamUsage, effort, reasoningBack, terminator, jsonSchema);
    }

    Dialect terminator(boolean terminator) {
        return new Dialect(maxTokens, streamUsage, effort, reasoningBack, terminator, jsonSchema);
    }

    Dialect jsonSchema(boolean jsonSchema) {
        return new Dialect(maxTokens, streamUsage, effort, reasoningBack, terminator, jsonSchema);
    }
}
