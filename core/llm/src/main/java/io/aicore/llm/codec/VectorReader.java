package io.aicore.llm.codec;

import io.aicore.llm.codec.json.JsonFields;
import io.aicore.llm.codec.json.ShapedJson;
import io.aicore.llm.embedding.Embedding;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.TreeMap;

/** Reads the embeddings of a response; fails with a malformed response if an element is no embedding. */
public record VectorReader(JsonAnswer answer) {

    /** The embeddings in these values of a shape, in their order. */
    public static List<Embedding> read(ShapedJson json) {
        List<Embedding> vectors = new ArrayList<>(json.vectors().size());
        json.vectors().forEach(vector -> vectors.add(Embedding.wrap(vector)));
        return vectors;
    }

    /** The embeddings in this array, in its order. */
    public List<Embedding> listed(JsonFields array) {
        if (!array.isArray()) {
            throw unfit("the response has no embeddings");
        }
        List<Embedding> vectors = new ArrayList<>(array.size());
        array.elements().forEach(vector -> vectors.add(vector(vector)));
        return vectors;
    }

    /**
     * The embeddings of {@code [{"index":…, "embedding":…}]}, ordered by index: the order of the array is not
     * guaranteed.
     */
    public List<Embedding> indexed(JsonFields array) {
        if (!array.isArray()) {
            throw unfit("the response has no embeddings");
        }
        TreeMap<Long, Embedding> vectors = new TreeMap<>();
        for (JsonFields item : array.elements()) {
            Long index = item.whole("index");
            vectors.put(index == null ? vectors.size() : index, vector(item.at("embedding")));
        }
        boolean gapless = vectors.isEmpty() || (vectors.firstKey() == 0 && vectors.lastKey() == vectors.size() - 1);
        if (!gapless || vectors.size() != array.size()) {
            throw unfit("the embeddings are not indexed from 0 without gaps");
        }
        return List.copyOf(vectors.values());
    }

    /** One embedding: an array of numbers, or little-endian 32-bit floats in base64. */
    public Embedding vector(JsonFields vector) {
        float[] values = vector.isString() ? decoded(vector.text()) : vector.floats();
        if (values.length == 0) {
            throw unfit("the response has an embedding without numbers");
        }
        for (float value : values) {
            if (!Float.isFinite(value)) {
                throw unfit("the response has an embedding with a value that is not a number");
            }
        }
        return Embedding.wrap(values);
    }

    private float[] decoded(String text) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw unfit("the response has an embedding that is not base64");
        }
        if (bytes.length % Float.BYTES != 0) {
            throw unfit("the response has an embedding that is truncated");
        }
        FloatBuffer floats =
                ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
        float[] values = new float[floats.remaining()];
        floats.get(values);
        return values;
    }

    private RuntimeException unfit(String why) {
        return answer.unfit("no_vectors", why);
    }
}
