package io.aicore.llm.chat;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A request as its builder made it. */
record BuiltRequest(
        @Nullable String model,
        List<Message> messages,
        Sampling sampling,
        ToolOptions tools,
        @Nullable ResponseFormat responseFormat,
        @Nullable ReasoningEffort reasoningEffort,
        RequestOptions overrides,
        Map<String, String> metadata,
        Map<String, Object> extra)
        implements CompletionRequest {

    BuiltRequest {
        messages = List.copyOf(messages);
        if (messages.isEmpty()) {
            throw new IllegalArgumentException("messages: [] (expected: at least one message)");
        }
        metadata = Map.copyOf(metadata);
        extra = Json.copy(extra);
    }

    @Override
    public CompletionRequest model(@Nullable String other) {
        return Objects.equals(other, model)
                ? this
                : new BuiltRequest(
                        other, messages, sampling, tools, responseFormat, reasoningEffort, overrides, metadata, extra);
    }

    @Override
    public CompletionRequest sampling(Sampling other) {
        return other.equals(sampling)
                ? this
                : new BuiltRequest(
                        model, messages, other, tools, responseFormat, reasoningEffort, overrides, metadata, extra);
    }

    /** Without the texts. */
    @Override
    public String toString() {
        return "CompletionRequest[model=" + model + ", " + messages.size() + " messages, "
                + tools.tools().size() + " tools, metadata=" + metadata.keySet() + ", extra=" + extra.keySet() + "]";
    }
}
