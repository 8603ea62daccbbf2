package io.aicore.llm.codec.completions;

import io.aicore.llm.embedding.EmbeddingPurpose;
import java.util.Map;

/**
 * How a host wants to be asked for vectors.
 *
 * @param maxInputs how many texts one request may hold
 * @param base64 whether it gives vectors as base64 when asked: a quarter of the bytes of JSON numbers
 * @param dimensions the field for the length of the vectors
 * @param purposes its words for what vectors are for, sent as {@code input_type}; a purpose that is missing is not told
 */
public record EmbeddingDialect(
        int maxInputs, boolean base64, String dimensions, Map<EmbeddingPurpose, String> purposes) {

    public EmbeddingDialect {
        purposes = Map.copyOf(purposes);
    }

    /** OpenAI's own. */
    public static final EmbeddingDialect OPENAI = new EmbeddingDialect(2_048, true, "dimensions", Map.of());

    /** What every host understands; so many texts are taken by all whose limit is known. */
    public static final EmbeddingDialect COMMON = OPENAI.maxInputs(128).base64(false);

    /** The same, for so many texts in a request. */
    public EmbeddingDialect maxInputs(int maxInputs) {
        return new EmbeddingDialect(maxInputs, base64, dimensions, purposes);
    }

    /** The same, asked for base64 or not. */
    public EmbeddingDialect base64(boolean base64) {
        return new EmbeddingDialect(maxInputs, base64, dimensions, purposes);
    }

    /** The same, with this field for the length of the vectors. */
    public EmbeddingDialect dimensions(String dimensions) {
        return new EmbeddingDialect(maxInputs, base64, dimensions, purposes);
    }

    /** With these words for a text that searches and one that is to be found. */
    public EmbeddingDialect words(String query, String document) {
        return new EmbeddingDialect(
                maxInputs,
                base64,
                dimensions,
                Map.of(EmbeddingPurpose.QUERY, query, EmbeddingPurpose.DOCUMENT, document));
    }
}
