package io.aicore.llm.chat;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A request to a model. Immutable; may be used for any number of calls to any provider.
 *
 * @param model null for the provider's configured model
 * @param messages the conversation, oldest first; a system prompt is its first message
 * @param overrides per-call settings
 * @param metadata labels for the records of this call (session, agent); never sent to the provider
 * @param extra additional fields of the provider's request, sent as they are; they override this library's
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

    /** A request with one user message; everything else by default. */
    public static CompletionRequest of(String prompt) {
        // For callers without null checks: an empty question costs as much as another.
        if (Objects.isNull(prompt) || prompt.isBlank()) {
            throw new IllegalArgumentException(
                    "prompt: " + (Objects.isNull(prompt) ? "null" : "''") + " (expected: a text)");
        }
        return builder().user(prompt).build();
    }

    /** A builder of an empty request. */
    public static CompletionRequestBuilder builder() {
        return new CompletionRequestBuilder();
    }

    /** A builder with the values of this request. */
    public CompletionRequestBuilder toBuilder() {
        return new CompletionRequestBuilder(this);
    }

    @Override
    public String toString() {
        return "CompletionRequest[model=" + model + ", " + messages.size() + " messages, "
                + tools.tools().size() + " tools, metadata=" + metadata.keySet() + ", extra=" + extra.keySet() + "]";
    }
}
