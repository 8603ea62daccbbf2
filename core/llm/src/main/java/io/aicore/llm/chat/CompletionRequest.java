package io.aicore.llm.chat;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A request to a model. Immutable; may be used for any number of calls to any provider. Requests are equal if all their
 * values are.
 */
public sealed interface CompletionRequest permits BuiltRequest {

    /** A request with one user message; everything else by default. */
    static CompletionRequest of(String prompt) {
        // For callers without null checks: an empty question costs as much as another.
        if (Objects.isNull(prompt) || prompt.isBlank()) {
            throw new IllegalArgumentException(
                    "prompt: " + (Objects.isNull(prompt) ? "null" : "''") + " (expected: a text)");
        }
        return builder().user(prompt).build();
    }

    /** A builder of an empty request. */
    static CompletionRequestBuilder builder() {
        return new CompletionRequestBuilder();
    }

    /** A builder with the values of this request. */
    default CompletionRequestBuilder toBuilder() {
        return new CompletionRequestBuilder(this);
    }

    /** Null for the provider's configured model. */
    @Nullable
    String model();

    /** Returns a copy with this model; null for the configured one. */
    CompletionRequest model(@Nullable String model);

    /** The conversation, oldest first, at least one message; a system prompt is its first message. */
    List<Message> messages();

    Sampling sampling();

    /** Returns a copy with these sampling parameters. */
    CompletionRequest sampling(Sampling sampling);

    ToolOptions tools();

    @Nullable
    ResponseFormat responseFormat();

    @Nullable
    ReasoningEffort reasoningEffort();

    /** Per-call settings. */
    RequestOptions overrides();

    /** Labels for the records of this call (session, agent); never sent to the provider. */
    Map<String, String> metadata();

    /** Additional fields of the provider's request, sent as they are; they override this library's. */
    Map<String, Object> extra();
}
