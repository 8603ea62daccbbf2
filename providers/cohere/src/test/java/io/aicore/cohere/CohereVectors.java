package io.aicore.cohere;

import io.aicore.llm.codec.json.JsonFields;
import io.aicore.llm.embedding.Embedding;
import io.aicore.testkit.EmbeddingFixture;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Cohere's embeddings as the kit wants to know them. */
final class CohereVectors implements EmbeddingFixture {

    @Override
    public String path() {
        return "/v2/embed";
    }

    @Override
    public String answer(List<Embedding> vectors, long tokens) {
        return "{\"id\":\"e-1\",\"embeddings\":{\"float\":"
                + vectors.stream().map(CohereVectors::numbers).collect(Collectors.joining(",", "[", "]"))
                + "},\"meta\":{\"api_version\":{\"version\":\"2\"},\"billed_units\":{\"input_tokens\":" + tokens
                + "}},\"response_type\":\"embeddings_by_type\"}";
    }

    @Override
    public List<String> inputs(JsonFields body) {
        return body.at("texts").elements().stream().map(JsonFields::string).toList();
    }

    @Override
    public int maxInputs() {
        return 96;
    }

    /** No answer names its model. */
    @Override
    public String servedBy() {
        return model();
    }

    private static String numbers(Embedding vector) {
        return Arrays.toString(vector.values());
    }
}
