package io.aicore.llm.embedding;

import java.util.Arrays;

/** The embedding of one text: a vector of numbers. Immutable. */
public final class Embedding {

    private final float[] values;

    private Embedding(float[] values) {
        this.values = values;
    }

    /** An embedding with these values. */
    public static Embedding of(float... values) {
        return new Embedding(values.clone());
    }

    /** An embedding of this array itself, which must not change any more: for values without another reference. */
    public static Embedding wrap(float[] values) {
        return new Embedding(values);
    }

    /** A copy of the values. */
    public float[] values() {
        return values.clone();
    }

    /** Number of dimensions. */
    public int dimensions() {
        return values.length;
    }

    /** The value at this index, from 0. */
    public float get(int index) {
        return values[index];
    }

    /**
     * Similarity of two texts: the cosine of the angle between their embeddings, from -1 to 1; 0 if either has length
     * zero. The embeddings need not be normalized.
     *
     * @throws IllegalArgumentException if the dimensions differ, as between different models
     */
    public double cosineSimilarity(Embedding other) {
        if (values.length != other.values.length) {
            throw new IllegalArgumentException(
                    "dimensions: " + other.values.length + " (expected: " + values.length + ", like this one)");
        }
        double product = 0;
        double mine = 0;
        double theirs = 0;
        for (int i = 0; i < values.length; i++) {
            product += (double) values[i] * other.values[i];
            mine += (double) values[i] * values[i];
            theirs += (double) other.values[i] * other.values[i];
        }
        return mine == 0 || theirs == 0 ? 0 : product / Math.sqrt(mine * theirs);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Embedding embedding && Arrays.equals(values, embedding.values);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return "Embedding[" + values.length + " dimensions]";
    }
}
