package io.aicore.llm.observe;

import io.aicore.llm.chat.CallOverrides;
import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.embedding.EmbeddingRequest;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a call asks for, its model filled in. It holds the caller's words: whoever keeps it keeps them.
 *
 * @param completion null for vectors
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

    /** A request for an answer, as a whole or piece by piece, or for its number of tokens. */
    public static CallRequest of(CallKind kind, CompletionRequest request) {
        return new CallRequest(kind, request, null);
    }

    /** A request for vectors. */
    public static CallRequest of(EmbeddingRequest request) {
        return new CallRequest(CallKind.EMBED, null, request);
    }

    /** The model that is asked. */
    public @Nullable String model() {
        return completion != null ? completion.model() : embedding == null ? null : embedding.model();
    }

    /** Names for the records of this call. */
    public Map<String, String> metadata() {
        return completion != null ? completion.metadata() : embedding == null ? Map.of() : embedding.metadata();
    }

    /** Settings of this one call. */
    public CallOverrides overrides() {
        return completion != null
                ? completion.overrides()
                : embedding == null ? CallOverrides.NONE : embedding.overrides();
    }
}
