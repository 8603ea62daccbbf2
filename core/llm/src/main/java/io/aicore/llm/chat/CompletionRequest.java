package io.aicore.llm.chat;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What to ask a model: immutable, and reusable for any number of calls to any provider.
 *
 * @param model null asks for the provider's configured model
 * @param messages the conversation, oldest first; a system prompt is its first message
 * @param overrides settings of this one call
 * @param metadata names for the records of this call (session, agent); never sent to the provider
 * @param extra further fields of the provider's own request, sent as they are; they win over ours
 */
public record CompletionRequest(
        @Nullable String model,
        List<Message> messages,
        Sampling sampling,
        ToolUse tools,
        @Nullable ResponseFormat responseFormat,
        @Nullable ReasoningEffort reasoningEffort,
        CallOverrides overrides,
        Map<String, String> metadata,
        Map<String, Object> extra) {

    public CompletionRequest {
        messages = List.copyOf(messages);
        if (messages.isEmpty()) {
            throw new IllegalArgumentException("messages: [] (expected: at least one message)");
        }
        metadata = Map.copyOf(metadata);
        extra = Json.copy(extra);
    }

    /** A question in words, everything else left to the provider. */
    public static CompletionRequest of(String prompt) {
        // For callers without null checks: an empty question costs as much as another.
        if (Objects.isNull(prompt) || prompt.isBlank()) {
            throw new IllegalArgumentException(
                    "prompt: " + (Objects.isNull(prompt) ? "null" : "''") + " (expected: a text)");
        }
        return builder().user(prompt).build();
    }

    /** An empty request to fill. */
    public static CompletionRequestBuilder builder() {
        return new CompletionRequestBuilder();
    }

    /** A builder that starts with all of this request. */
    public CompletionRequestBuilder toBuilder() {
        return new CompletionRequestBuilder(this);
    }

    @Override
    public String toString() {
        return "CompletionRequest[model=" + model + ", " + messages.size() + " messages, "
                + tools.tools().size() + " tools, metadata=" + metadata.keySet() + ", extra=" + extra.keySet() + "]";
    }
}
