package io.aicore.openai;

import io.aicore.llm.chat.Usage;
import io.aicore.llm.codec.json.Json;
import io.aicore.llm.embedding.Embedding;
import io.aicore.llm.embedding.Embeddings;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Base64;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads one answer of vectors: as JSON numbers or as base64 of little-endian floats, whatever was asked for. */
record EmbeddingDecoder(PlainAnswer answer) {

    Embeddings decode() {
        JsonNode tree = answer.tree();
        JsonNode data = tree.path("data");
        if (!data.isArray()) {
            throw answer.unfit("no_data", "the answer has no data");
        }
        // The order of the array is nobody's promise, the indices are.
        TreeMap<Long, Embedding> vectors = new TreeMap<>();
        for (JsonNode item : data.values()) {
            Long said = Json.whole(item, "index");
            Embedding before = vectors.put(said == null ? vectors.size() : said, vector(item.path("embedding")));
            if (before != null) {
                throw answer.unfit("wrong_index", "the answer has two vectors of one index");
            }
        }
        if (!vectors.isEmpty() && (vectors.firstKey() != 0 || vectors.lastKey() != vectors.size() - 1)) {
            throw answer.unfit("wrong_index", "the answer's vectors are not numbered from 0 on");
        }
        String model = Json.string(tree, "model");
        return Embeddings.of(model == null ? "" : model, List.copyOf(vectors.values()), usage(tree.path("usage")));
    }

    private Embedding vector(JsonNode embedding) {
        float[] values = embedding.isString() ? fromBase64(embedding.stringValue()) : fromNumbers(embedding);
        if (values.length == 0) {
            throw answer.unfit("no_vector", "the answer has a vector without numbers");
        }
        for (float value : values) {
            if (!Float.isFinite(value)) {
                throw answer.unfit("no_vector", "the answer has a vector with something that is no number");
            }
        }
        return Embedding.of(values);
    }

    private static float[] fromNumbers(JsonNode array) {
        float[] values = new float[array.size()];
        int at = 0;
        for (JsonNode value : array.values()) {
            values[at++] = value.isNumber() ? value.numberValue().floatValue() : Float.NaN;
        }
        return values;
    }

    private float[] fromBase64(String text) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw answer.unfit("no_vector", "the answer has a vector that is not base64");
        }
        if (bytes.length % Float.BYTES != 0) {
            throw answer.unfit("no_vector", "the answer has a vector that is cut");
        }
        FloatBuffer floats =
                ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
        float[] values = new float[floats.remaining()];
        floats.get(values);
        return values;
    }

    /** Voyage says only the total, which is the same: vectors have no output. */
    private static @Nullable Usage usage(JsonNode usage) {
        Long prompt = Json.whole(usage, "prompt_tokens");
        Long tokens = prompt == null || prompt == 0 ? Json.whole(usage, "total_tokens") : prompt;
        return prompt == null && tokens == null ? null : Usage.of(tokens == null ? 0 : Math.max(0, tokens), 0);
    }
}
