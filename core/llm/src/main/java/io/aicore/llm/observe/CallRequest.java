package io.aicore.llm.observe;

import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.chat.RequestOptions;
import io.aicore.llm.embedding.EmbeddingRequest;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The request of a call, with the model filled in. Contains the caller's texts: storing it stores them.
 *
 * @param completion null for embeddings
 * @param embedding null for anything else
 */
public record CallRequest(
        CallKind kind,
        @Nullable CompletionRequest completion,
        @Nullable EmbeddingRequest embedding) {

    public CallRequest {
        if ((completion == null) == (embedding == null)) {
            throw new IllegalArgumentException("completion, embedding: (expected: one of both)");
        }
    }

    /** A request for a completion, a stream or a token count. */
    public static CallRequest of(CallKind kind, CompletionRequest request) {
        return new CallRequest(kind, request, null);
    }

    /** A request for embeddings. */
    public static CallRequest of(EmbeddingRequest request) {
        return new CallRequest(CallKind.EMBED, null, request);
    }

    /** The requested model. */
    public @Nullable String model() {
        return completion != null ? completion.model() : embedding == null ? null : embedding.model();
    }

    /** Labels for the records of this call. */
    public Map<String, String> metadata() {
        return completion != null ? completion.metadata() : embedding == null ? Map.of() : embedding.metadata();
    }

    /** The per-call settings. */
    public RequestOptions overrides() {
        return completion != null
                ? completion.overrides()
                : embedding == null ? RequestOptions.NONE : embedding.overrides();
    }
}
