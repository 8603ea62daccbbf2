package io.aicore.llm.embedding;

import io.aicore.internal.Check;
import io.aicore.llm.chat.RequestOptions;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request to embed any number of texts, split into requests within the provider's limits. Immutable; may be used for
 * any number of calls to any provider.
 *
 * @param model null for the provider's configured embedding model
 * @param inputs at least one; empty texts are rejected, as providers reject them
 * @param options which embeddings are wanted
 * @param overrides per-call settings; the deadline covers all requests together
 * @param metadata labels for the records of this call (session, agent); never sent to the provider
 * @param extra additional fields of the provider's request, sent as they are; they override this library's
 */
public record EmbeddingRequest(
        @Nullable String model,
        List<String> inputs,
        Options options,
        RequestOptions overrides,
        Map<String, String> metadata,
        Map<String, Object> extra) {

    /**
     * Which embeddings are wanted.
     *
     * @param dimensions number of dimensions, for models that can reduce it; null for the model's own
     * @param purpose null for the provider's default
     */
    public record Options(
            @Nullable Integer dimensions, @Nullable EmbeddingPurpose purpose) {

        /** The model's and the provider's defaults. */
        public static final Options DEFAULT = new Options(null, null);

        public Options {
            Check.that(dimensions == null || dimensions >= 1, "dimensions", dimensions, ">= 1");
        }
    }

    public EmbeddingRequest {
        inputs = List.copyOf(inputs);
        Check.that(!inputs.isEmpty(), "inputs", inputs, "at least one text");
        int empty = inputs.indexOf("");
        if (empty >= 0) {
            throw new IllegalArgumentException("inputs[" + empty + "]: '' (expected: a text)");
        }
        metadata = Map.copyOf(metadata);
        extra = Collections.unmodifiableMap(new LinkedHashMap<>(extra));
    }

    /** A request for these texts; everything else by default. */
    public static EmbeddingRequest of(String... inputs) {
        return of(List.of(inputs));
    }

    /** A request for these texts; everything else by default. */
    public static EmbeddingRequest of(List<String> inputs) {
        return new EmbeddingRequest(null, inputs, Options.DEFAULT, RequestOptions.NONE, Map.of(), Map.of());
    }

    /** Number of dimensions; null for the model's own. */
    public @Nullable Integer dimensions() {
        return options.dimensions;
    }

    /** What the embeddings are for; null for the provider's default. */
    public @Nullable EmbeddingPurpose purpose() {
        return options.purpose;
    }

    /** Returns a copy with this model. */
    public EmbeddingRequest model(@Nullable String model) {
        return new EmbeddingRequest(model, inputs, options, overrides, metadata, extra);
    }

    /** Returns a copy with these texts. */
    public EmbeddingRequest inputs(List<String> inputs) {
        return new EmbeddingRequest(model, inputs, options, overrides, metadata, extra);
    }

    public EmbeddingRequest options(Options options) {
        return new EmbeddingRequest(model, inputs, options, overrides, metadata, extra);
    }

    public EmbeddingRequest dimensions(@Nullable Integer dimensions) {
        return options(new Options(dimensions, options.purpose));
    }

    public EmbeddingRequest purpose(@Nullable EmbeddingPurpose purpose) {
        return options(new Options(options.dimensions, purpose));
    }

    /** Returns a copy with these per-call settings. */
    public EmbeddingRequest overrides(RequestOptions overrides) {
        return new EmbeddingRequest(model, inputs, options, overrides, metadata, extra);
    }

    /** Returns a copy with these labels for records. */
    public EmbeddingRequest metadata(Map<String, String> metadata) {
        return new EmbeddingRequest(model, inputs, options, overrides, metadata, extra);
    }

    /** Returns a copy with these provider fields. */
    public EmbeddingRequest extra(Map<String, Object> extra) {
        return new EmbeddingRequest(model, inputs, options, overrides, metadata, extra);
    }

    @Override
    public String toString() {
        return "EmbeddingRequest[model=" + model + ", " + inputs.size() + " inputs, dimensions=" + options.dimensions
                + ", purpose=" + options.purpose + ", metadata=" + metadata.keySet() + ", extra=" + extra.keySet()
                + "]";
    }
}
