package io.aicore.gemini;

import io.aicore.llm.codec.EmbeddingCodec;
import io.aicore.llm.codec.wire.WireRequest;
import io.aicore.llm.codec.wire.WireResponse;
import io.aicore.llm.embedding.EmbeddingRequest;
import io.aicore.llm.embedding.Embeddings;
import io.aicore.llm.error.LlmException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** {@code batchEmbedContents} of the Gemini API: a request for each text, all of one model. */
final class GeminiEmbeddings implements EmbeddingCodec {

    private static final int MAX_INPUTS = 100;

    private final Envelope envelope;

    GeminiEmbeddings(Envelope envelope) {
        this.envelope = envelope;
    }

    @Override
    public int maxInputs(EmbeddingRequest request) {
        return MAX_INPUTS;
    }

    @Override
    public WireRequest encode(EmbeddingRequest request) {
        List<Object> requests = new ArrayList<>();
        for (String text : request.inputs()) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("model", Envelope.resource(request.model()));
            one.put("content", Vectors.content(text));
            one.putAll(Vectors.wishes(request));
            RequestEncoder.merge(one, request.extra());
            requests.add(one);
        }
        return envelope.post(request.model(), ":batchEmbedContents", "application/json", Map.of("requests", requests));
    }

    @Override
    public Embeddings decode(EmbeddingRequest request, WireResponse response) {
        Failures failures = new Failures(envelope.errors(), request.model(), response);
        JsonNode tree = failures.tree();
        Vectors vectors = new Vectors(failures, request);
        return Embeddings.of("", vectors.all(tree.path("embeddings"), "values"), Vectors.usage(tree));
    }

    @Override
    public LlmException classify(EmbeddingRequest request, WireResponse response) {
        return envelope.errors().response(request.model(), response);
    }
}
