package io.aicore.gemini;

import io.aicore.llm.codec.json.JsonFields;
import io.aicore.llm.embedding.Embedding;
import io.aicore.testkit.EmbeddingFixture;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Vertex's {@code predict}. */
final class VertexEmbeddingFixture implements EmbeddingFixture {

    @Override
    public String path() {
        return "/v1/projects/p-1/locations/europe-west4/publishers/google/models/embed-1:predict";
    }

    @Override
    public String answer(List<Embedding> vectors, long tokens) {
        return "{\"predictions\":["
                + vectors.stream()
                        .map(vector -> "{\"embeddings\":{\"values\":" + Arrays.toString(vector.values())
                                + ",\"statistics\":{\"truncated\":false,\"token_count\":" + tokens / vectors.size()
                                + "}}}")
                        .collect(Collectors.joining(","))
                + "]}";
    }

    @Override
    public List<String> inputs(JsonFields body) {
        List<String> texts = new ArrayList<>();
        body.at("instances")
                .elements()
                .forEach(one -> texts.add(one.at("content").text()));
        return texts;
    }

    @Override
    public int maxInputs() {
        return 250;
    }

    @Override
    public String servedBy() {
        return "";
    }
}
