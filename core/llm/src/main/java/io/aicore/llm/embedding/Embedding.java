package io.aicore.llm.embedding;

import java.util.Arrays;

/** One text as a vector. Immutable. */
public final class Embedding {

    private final float[] values;

    private Embedding(float[] values) {
        this.values = values;
    }

    /** A vector of these values. */
    public static Embedding of(float... values) {
        return new Embedding(values.clone());
    }

    /** The values, as a copy. */
    public float[] values() {
        return values.clone();
    }

    /** How many values it has. */
    public int dimensions() {
        return values.length;
    }

    /** The value at this index, from 0. */
    public float get(int index) {
        return values[index];
    }

    /**
     * How alike two texts are: the cosine of the angle between their vectors, from -1 to 1; 0 if either has no length.
     * Vectors need not be normalised.
     *
     * @throws IllegalArgumentException if they have different dimensions, as those of different models
     */
    public double cosineSimilarity(Embedding other) {
        if (values.length != other.values.length) {
            throw new IllegalArgumentException(
                    "dimensions: " + other.values.length + " (expected: " + values.length + ", as this one has)");
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
