package io.aicore.llm;

import io.aicore.internal.Check;
import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.chat.Sampling;
import io.aicore.llm.config.ConfigValues;
import io.aicore.llm.embedding.EmbeddingRequest;
import io.aicore.llm.error.ErrorCategory;
import io.aicore.llm.error.ErrorDetails;
import io.aicore.llm.error.InvalidRequestException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the configuration fills in where a request sets nothing. */
record RequestDefaults(
        String provider,
        @Nullable String model,
        @Nullable String embeddingModel,
        @Nullable Double temperature,
        @Nullable Integer maxTokens) {

    static RequestDefaults of(ConfigValues values) {
        return new RequestDefaults(
                values.provider(), values.model(), values.embeddingModel(), values.temperature(), values.maxTokens());
    }

    /**
     * The request with a model.
     *
     * @throws InvalidRequestException if neither it nor the configuration names one
     */
    EmbeddingRequest fill(EmbeddingRequest request) {
        return request.model(chosen(
                request.model(),
                embeddingModel,
                "embeddingModel: not set (expected: a model for embeddings in the request, in embeddingModel(…) or in"
                        + " LLM_EMBEDDING_MODEL"
                        + (model == null ? ")" : "; " + Check.quoted(model) + " is for completions)")));
    }

    /**
     * The request with a model, and with temperature and token limit where it sets none.
     *
     * @throws InvalidRequestException if neither it nor the configuration names a model
     */
    CompletionRequest fill(CompletionRequest request) {
        String chosen = chosen(
                request.model(),
                model,
                "model: not set (expected: a model in the request, in the configuration or in LLM_MODEL)");
        CompletionRequest named = request.model(chosen);
        return temperature == null && maxTokens == null
                ? named
                : named.sampling(
                        request.sampling().orElse(new Sampling(temperature, null, maxTokens, List.of(), null)));
    }

    private String chosen(@Nullable String asked, @Nullable String configured, String neither) {
        String chosen = asked != null ? asked : configured;
        if (chosen == null) {
            throw new InvalidRequestException(
                    ErrorDetails.of(provider, ErrorCategory.INVALID_REQUEST, false, neither), null);
        }
        return chosen;
    }
}
