package io.aicore.gemini;

import io.aicore.llm.codec.json.JsonFields;
import io.aicore.llm.embedding.Embedding;
import io.aicore.testkit.EmbeddingFixture;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** The Gemini API's {@code batchEmbedContents}. */
class GeminiEmbeddingFixture implements EmbeddingFixture {

    @Override
    public String path() {
        return "/v1beta/models/embed-1:batchEmbedContents";
    }

    @Override
    public String answer(List<Embedding> vectors, long tokens) {
        return "{\"embeddings\":["
                + vectors.stream()
                        .map(vector -> "{\"values\":" + Arrays.toString(vector.values()) + "}")
                        .collect(Collectors.joining(","))
                + "],\"usageMetadata\":{\"promptTokenCount\":" + tokens + "}}";
    }

    @Override
    public List<String> inputs(JsonFields body) {
        List<String> texts = new ArrayList<>();
        for (JsonFields request : body.at("requests").elements()) {
            texts.add(request.at("content").at("parts").at(0).at("text").text());
        }
        return texts;
    }

    @Override
    public int maxInputs() {
        return 100;
    }

    @Override
    public String servedBy() {
        return "";
    }
}
