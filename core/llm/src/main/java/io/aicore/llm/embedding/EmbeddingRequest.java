package io.aicore.llm.embedding;

import io.aicore.llm.chat.CallOverrides;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Texts to turn into vectors: immutable, and reusable for any number of calls to any provider. Any number of texts: they
 * are sent in as many requests as the provider's limits ask for.
 *
 * @param model null asks for the provider's configured embedding model
 * @param inputs at least one; none may be empty, which providers refuse
 * @param dimensions the length of the vectors, where the model can shorten them; null is the model's own
 * @param purpose null leaves it to the provider
 * @param overrides settings of this one call; its deadline bounds all requests together
 * @param metadata names for the records of this call (session, agent); never sent to the provider
 * @param extra further fields of the provider's own request, sent as they are; they win over ours
 */
public record EmbeddingRequest(
        @Nullable String model,
        List<String> inputs,
        @Nullable Integer dimensions,
        @Nullable EmbeddingPurpose purpose,
        CallOverrides overrides,
        Map<String, String> metadata,
        Map<String, Object> extra) {

    public EmbeddingRequest {
        inputs = List.copyOf(inputs);
        if (inputs.isEmpty()) {
            throw new IllegalArgumentException("inputs: [] (expected: at least one text)");
        }
        int empty = inputs.indexOf("");
        if (empty >= 0) {
            throw new IllegalArgumentException("inputs[" + empty + "]: '' (expected: a text)");
        }
        if (dimensions != null && dimensions < 1) {
            throw new IllegalArgumentException("dimensions: " + dimensions + " (expected: >= 1)");
        }
        metadata = Map.copyOf(metadata);
        extra = Collections.unmodifiableMap(new LinkedHashMap<>(extra));
    }

    /** These texts, everything else as configured. */
    public static EmbeddingRequest of(String... inputs) {
        return of(List.of(inputs));
    }

    /** These texts, everything else as configured. */
    public static EmbeddingRequest of(List<String> inputs) {
        return new EmbeddingRequest(null, inputs, null, null, CallOverrides.NONE, Map.of(), Map.of());
    }

    /** The same texts for this model. */
    public EmbeddingRequest model(@Nullable String model) {
        return new EmbeddingRequest(model, inputs, dimensions, purpose, overrides, metadata, extra);
    }

    /** The same request for other texts. */
    public EmbeddingRequest inputs(List<String> inputs) {
        return new EmbeddingRequest(model, inputs, dimensions, purpose, overrides, metadata, extra);
    }

    /** The same texts, as vectors of this length. */
    public EmbeddingRequest dimensions(@Nullable Integer dimensions) {
        return new EmbeddingRequest(model, inputs, dimensions, purpose, overrides, metadata, extra);
    }

    /** The same texts, for this purpose. */
    public EmbeddingRequest purpose(@Nullable EmbeddingPurpose purpose) {
        return new EmbeddingRequest(model, inputs, dimensions, purpose, overrides, metadata, extra);
    }

    /** The same request with these settings of its own. */
    public EmbeddingRequest overrides(CallOverrides overrides) {
        return new EmbeddingRequest(model, inputs, dimensions, purpose, overrides, metadata, extra);
    }

    /** The same request, with these names for its records. */
    public EmbeddingRequest metadata(Map<String, String> metadata) {
        return new EmbeddingRequest(model, inputs, dimensions, purpose, overrides, metadata, extra);
    }

    /** The same request, with these fields of the provider's own. */
    public EmbeddingRequest extra(Map<String, Object> extra) {
        return new EmbeddingRequest(model, inputs, dimensions, purpose, overrides, metadata, extra);
    }

    @Override
    public String toString() {
        return "EmbeddingRequest[model=" + model + ", " + inputs.size() + " inputs, dimensions=" + dimensions
                + ", purpose=" + purpose + ", metadata=" + metadata.keySet() + ", extra=" + extra.keySet() + "]";
    }
}
