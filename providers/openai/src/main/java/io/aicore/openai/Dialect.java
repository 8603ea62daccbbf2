package io.aicore.openai;

import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.chat.Content;
import io.aicore.llm.chat.Message;
import io.aicore.llm.chat.ReasoningEffort;
import io.aicore.llm.codec.CallIds;
import io.aicore.llm.codec.RequestWarnings;
import io.aicore.llm.codec.completions.ChatDialect;
import java.util.Map;
import java.util.Set;
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
        CallIds callIds)
        implements ChatDialect {

    private static final String AUDIO = "audio";
    // A conversation may have begun with another protocol, whose own fields (signed blocks, parts) these hosts refuse.
    // Sent are the fields that hosts of this one know; whatever else a host wants goes into the request's own extra
    // fields.
    private static final Set<String> FIELDS =
            Set.of(AUDIO, "cache_control", "name", "partial", "prefix", "reasoning_details", "refusal");

    // OpenAI's models before schemas; another host's of these names are no different.
    private static final Pattern WITHOUT_SCHEMAS =
            Pattern.compile("gpt-3\\.5.*|gpt-4(-.*)?|gpt-4o-2024-05-13|chatgpt-4o-latest|o1-(mini|preview).*");

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

    @Override
    public boolean holdsToSchemas(@Nullable String model) {
        return jsonSchema && (model == null || !WITHOUT_SCHEMAS.matcher(model).matches());
    }

    @Override
    public void effort(Map<String, Object> body, @Nullable String model, ReasoningEffort asked) {
        effort.put(body, model, asked);
    }

    @Override
    public RequestWarnings warnings(CompletionRequest request) {
        return ChatDialect.super.warnings(request).effortSentAs(effort.said(request));
    }

    @Override
    public Map<String, Object> file(Content.File file) {
        return Files.chat(file, addresses);
    }

    @Override
    public boolean sendsAsIs(Message message) {
        return true;
    }

    @Override
    public Set<String> messageFields() {
        return FIELDS;
    }

    @Override
    public void afterContent(Map<String, Object> encoded, Message message, boolean ofThisTurn) {
        // DeepSeek wants the reasoning of a turn that goes on with tool results, and refuses that of earlier turns.
        if (reasoningBack
                && ofThisTurn
                && message.reasoning() != null
                && !message.toolCalls().isEmpty()) {
            encoded.put("reasoning_content", message.reasoning());
        }
        ChatDialect.super.afterContent(encoded, message, ofThisTurn);
        if (encoded.get(AUDIO) instanceof Map<?, ?> heard && heard.containsKey("id")) {
            // An answer in sound goes back by its id alone.
            encoded.put(AUDIO, Map.of("id", String.valueOf(heard.get("id"))));
        }
    }
}
