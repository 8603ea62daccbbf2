package io.aicore.openai;

import io.aicore.llm.codec.CallIds;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How a host's protocol differs from OpenAI's.
 *
 * @param maxTokens the field for the answer's token limit
 * @param streamUsage whether a stream must be asked for its usage; false where it comes unasked, or the question is refused
 * @param effort where the reasoning effort is said
 * @param reasoningBack whether the reasoning of a tool-calling turn must be sent back while the turn goes on
 * @param terminator whether a stream must end with {@code [DONE]}, though its finish reason and the body's end have come
 * @param jsonSchema whether all models of the host, but for old ones, hold answers to a JSON schema
 * @param addresses whether it may fetch files itself, and take films: whether it does, its own answer tells
 * @param callIds which ids of tool calls it takes: gateways keep meaning in long ones
 */
record Dialect(
        String maxTokens,
        boolean streamUsage,
        Effort effort,
        boolean reasoningBack,
        boolean terminator,
        boolean jsonSchema,
        boolean addresses,
        CallIds callIds) {

    // OpenAI's models before schemas; another host's of these names are no different.
    private static final Pattern WITHOUT_SCHEMAS =
            Pattern.compile("gpt-3\\.5.*|gpt-4(-.*)?|gpt-4o-2024-05-13|chatgpt-4o-latest|o1-(mini|preview).*");

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
    static final Dialect OPENAI =
            new Dialect("max_completion_tokens", true, Effort.FIELD, false, false, true, false, CallIds.upTo(40));

    /** What most hosts understand: the older name of the token limit, and nothing they may refuse. */
    static final Dialect COMMON = OPENAI.maxTokens("max_tokens")
            .streamUsage(false)
            .jsonSchema(false)
            .addresses(true)
            .callIds(CallIds.ANY);

    Dialect maxTokens(String maxTokens) {
        return new Dialect(maxTokens, streamUsage, effort, reasoningBack, terminator, jsonSchema, addresses, callIds);
    }

    Dialect streamUsage(boolean streamUsage) {
        return new Dialect(maxTokens, streamUsage, effort, reasoningBack, terminator, jsonSchema, addresses, callIds);
    }

    Dialect effort(Effort effort) {
        return new Dialect(maxTokens, streamUsage, effort, reasoningBack, terminator, jsonSchema, addresses, callIds);
    }

    Dialect reasoningBack(boolean reasoningBack) {
        return new Dialect(maxTokens, streamUsage, effort, reasoningBack, terminator, jsonSchema, addresses, callIds);
    }

    Dialect terminator(boolean terminator) {
        return new Dialect(maxTokens, streamUsage, effort, reasoningBack, terminator, jsonSchema, addresses, callIds);
    }

    Dialect jsonSchema(boolean jsonSchema) {
        return new Dialect(maxTokens, streamUsage, effort, reasoningBack, terminator, jsonSchema, addresses, callIds);
    }

    Dialect addresses(boolean addresses) {
        return new Dialect(maxTokens, streamUsage, effort, reasoningBack, terminator, jsonSchema, addresses, callIds);
    }

    Dialect callIds(CallIds callIds) {
        return new Dialect(maxTokens, streamUsage, effort, reasoningBack, terminator, jsonSchema, addresses, callIds);
    }

    /** Whether this model holds answers to a JSON schema. */
    boolean holdsToSchemas(@Nullable String model) {
        return jsonSchema && (model == null || !WITHOUT_SCHEMAS.matcher(model).matches());
    }
}
