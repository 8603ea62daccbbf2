package io.aicore.gemini;

import io.aicore.llm.codec.ChatJson;
import io.aicore.llm.codec.JsonAnswer;
import io.aicore.llm.codec.VectorReader;
import io.aicore.llm.codec.json.JsonFields;
import io.aicore.llm.codec.json.ShapedJson;
import io.aicore.llm.embedding.Embedding;
import io.aicore.llm.embedding.EmbeddingRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads embeddings, and encodes their options. */
record Vectors(EmbeddingRequest request, JsonAnswer answer) {

    /** A text as a content. */
    static Map<String, Object> content(String text) {
        return Map.of("parts", List.of(Map.of("text", text)));
    }

    /** The requested form of the embeddings. */
    static Map<String, Object> wishes(EmbeddingRequest request) {
        Map<String, Object> wishes = new LinkedHashMap<>();
        if (request.purpose() != null) {
            wishes.put("taskType", Purposes.taskType(request.purpose()));
        }
        ChatJson.put(wishes, "outputDimensionality", request.dimensions());
        return wishes;
    }

    /** The embeddings in these values of a shape. */
    List<Embedding> all(ShapedJson json) {
        return json.vectors().stream().map(this::fitting).toList();
    }

    /** The embedding in each of these elements, at this path of names. */
    List<Embedding> all(JsonFields elements, String... path) {
        if (!elements.isArray()) {
            throw answer.unfit("no_vectors", "the response has no embeddings");
        }
        return elements.elements().stream()
                .map(element -> one(element.at(path)))
                .toList();
    }

    Embedding one(JsonFields values) {
        Embedding vector = new VectorReader(answer).vector(values);
        return request.dimensions() == null ? vector : normalised(vector.values());
    }

    private Embedding fitting(float[] vector) {
        return request.dimensions() == null ? Embedding.wrap(vector) : normalised(vector);
    }

    /**
     * The API does not normalize shortened embeddings: with length 1, like the others, their dot products can be
     * compared.
     */
    private static Embedding normalised(float[] vector) {
        double squares = 0;
        for (float value : vector) {
            squares += (double) value * value;
        }
        double length = squares == 0 ? 1 : Math.sqrt(squares);
        for (int i = 0; i < vector.length; i++) {
            vector[i] = (float) (vector[i] / length);
        }
        return Embedding.wrap(vector);
    }
}
