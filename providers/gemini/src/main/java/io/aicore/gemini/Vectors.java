package io.aicore.gemini;

import io.aicore.llm.chat.Usage;
import io.aicore.llm.codec.json.Json;
import io.aicore.llm.embedding.Embedding;
import io.aicore.llm.embedding.EmbeddingRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads vectors, and writes what is said of them. */
record Vectors(Failures failures, EmbeddingRequest request) {

    /** A text as a content. */
    static Map<String, Object> content(String text) {
        return Map.of("parts", List.of(Map.of("text", text)));
    }

    /** How the vectors are wanted. */
    static Map<String, Object> wishes(EmbeddingRequest request) {
        Map<String, Object> wishes = new LinkedHashMap<>();
        if (request.purpose() != null) {
            wishes.put("taskType", Purposes.taskType(request.purpose()));
        }
        if (request.dimensions() != null) {
            wishes.put("outputDimensionality", request.dimensions());
        }
        return wishes;
    }

    /** The vector in each of these elements, at this path of names. */
    List<Embedding> all(JsonNode elements, String... path) {
        if (!elements.isArray()) {
            throw failures.unfit("no_vectors", "the answer has no vectors");
        }
        List<Embedding> vectors = new ArrayList<>();
        elements.values().forEach(element -> vectors.add(one(Json.at(element, path))));
        return vectors;
    }

    Embedding one(JsonNode values) {
        if (!values.isArray() || values.isEmpty()) {
            throw failures.unfit("no_vectors", "the answer has a vector without values");
        }
        float[] vector = new float[values.size()];
        double squares = 0;
        for (int i = 0; i < vector.length; i++) {
            JsonNode value = values.path(i);
            if (!value.isNumber() || !Double.isFinite(value.doubleValue())) {
                throw failures.unfit("no_vectors", "the answer has a vector with a value that is no number");
            }
            vector[i] = (float) value.doubleValue();
            squares += (double) vector[i] * vector[i];
        }
        // Shortened vectors come as they were cut: of the length 1 that others have, products of them can be compared.
        double length = request.dimensions() == null || squares == 0 ? 1 : Math.sqrt(squares);
        for (int i = 0; i < vector.length && length != 1; i++) {
            vector[i] = (float) (vector[i] / length);
        }
        return Embedding.of(vector);
    }

    /** Only newer models tell what they read. */
    static @Nullable Usage usage(JsonNode tree) {
        Long tokens = Json.whole(tree, "usageMetadata", "promptTokenCount");
        return tokens == null ? null : Usage.of(Math.max(0, tokens), 0);
    }
}
