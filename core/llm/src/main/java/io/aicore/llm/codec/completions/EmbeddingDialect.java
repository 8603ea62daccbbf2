package io.aicore.llm.codec.completions;

import io.aicore.llm.embedding.EmbeddingPurpose;
import java.util.Map;

/**
 * The differences of a host's embeddings.
 *
 * @param maxInputs maximum number of texts in one request
 * @param base64 whether it can return embeddings as base64: a quarter of the bytes of JSON numbers
 * @param dimensions the field for the number of dimensions
 * @param purposes its values for purposes, sent as {@code input_type}; a purpose without a value is not sent
 */
public record EmbeddingDialect(
        int maxInputs, boolean base64, String dimensions, Map<EmbeddingPurpose, String> purposes) {

    public EmbeddingDialect {
        purposes = Map.copyOf(purposes);
    }

    /** OpenAI's embeddings. */
    public static final EmbeddingDialect OPENAI = new EmbeddingDialect(2_048, true, "dimensions", Map.of());

    /** What every host supports; the number of texts is within all known limits. */
    public static final EmbeddingDialect COMMON = OPENAI.maxInputs(128).base64(false);

    /** Returns a copy with this maximum number of texts. */
    public EmbeddingDialect maxInputs(int maxInputs) {
        return new EmbeddingDialect(maxInputs, base64, dimensions, purposes);
    }

    /** Returns a copy that does, or does not, request base64. */
    public EmbeddingDialect base64(boolean base64) {
        return new EmbeddingDialect(maxInputs, base64, dimensions, purposes);
    }

    /** Returns a copy with this field for the number of dimensions. */
    public EmbeddingDialect dimensions(String dimensions) {
        return new EmbeddingDialect(maxInputs, base64, dimensions, purposes);
    }

    /** Returns a copy with these values for queries and documents. */
    public EmbeddingDialect words(String query, String document) {
        return new EmbeddingDialect(
                maxInputs,
                base64,
                dimensions,
                Map.of(EmbeddingPurpose.QUERY, query, EmbeddingPurpose.DOCUMENT, document));
    }
}
