package io.aicore.ollama;

import io.aicore.llm.chat.Usage;
import io.aicore.llm.codec.EmbeddingCodec;
import io.aicore.llm.codec.JsonAnswer;
import io.aicore.llm.codec.json.Json;
import io.aicore.llm.codec.wire.WireRequest;
import io.aicore.llm.codec.wire.WireResponse;
import io.aicore.llm.embedding.Embedding;
import io.aicore.llm.embedding.EmbeddingRequest;
import io.aicore.llm.embedding.Embeddings;
import io.aicore.llm.error.LlmException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Ollama's {@code /api/embed}. It has no word for a purpose, and cuts a text that is too long unless told not to. */
final class OllamaEmbeddings implements EmbeddingCodec {

    // The server names no limit. So many keep an answer below some megabytes, and what a failure costs below a minute.
    private static final int MAX_INPUTS = 256;

    private final Endpoint endpoint;

    OllamaEmbeddings(Endpoint endpoint) {
        this.endpoint = endpoint;
    }

    @Override
    public int maxInputs(EmbeddingRequest request) {
        return MAX_INPUTS;
    }

    @Override
    public WireRequest encode(EmbeddingRequest request) {
        return endpoint.post("/embed", request.model(), "application/json", () -> body(request));
    }

    private static Map<String, Object> body(EmbeddingRequest request) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("model", request.model());
        body.put("input", request.inputs());
        if (request.dimensions() != null) {
            body.put("dimensions", request.dimensions());
        }
        body.putAll(request.extra());
        return body;
    }

    @Override
    public Embeddings decode(EmbeddingRequest request, WireResponse response) {
        JsonAnswer answer = endpoint.answer(request.model(), response);
        JsonNode tree = endpoint.tree(answer);
        JsonNode list = tree.path("embeddings");
        if (!list.isArray()) {
            throw answer.unfit("no_embeddings", "the answer has no embeddings");
        }
        List<Embedding> vectors = new ArrayList<>(list.size());
        for (JsonNode values : list.values()) {
            vectors.add(vector(answer, values));
        }
        String model = Json.string(tree, "model");
        Long tokens = Json.whole(tree, "prompt_eval_count");
        return Embeddings.of(model == null ? "" : model, vectors, tokens == null ? null : Usage.of(tokens, 0));
    }

    private static Embedding vector(JsonAnswer answer, JsonNode values) {
        float[] vector = new float[values.size()];
        for (int i = 0; i < vector.length; i++) {
            JsonNode value = values.path(i);
            if (!value.isNumber()) {
                throw answer.unfit("no_number", "a vector holds what is no number");
            }
            vector[i] = value.numberValue().floatValue();
        }
        if (vector.length == 0) {
            throw answer.unfit("no_vector", "an embedding is no vector");
        }
        return Embedding.of(vector);
    }

    @Override
    public LlmException classify(EmbeddingRequest request, WireResponse response) {
        return endpoint.errors().response(request.model(), response);
    }

    @Override
    public String toString() {
        return "OllamaEmbeddings[" + endpoint + "]";
    }
}
