package io.aicore.llm.embedding;

/**
 * What vectors are for. Some models embed a question and the passages it is to find differently, and give poor matches
 * when not told. A provider that has no word for a purpose is not told.
 */
public enum EmbeddingPurpose {
    /** A question that is to find documents. */
    QUERY,
    /** A document that is to be found. */
    DOCUMENT,
    /** Texts compared with each other. */
    SIMILARITY,
    /** Texts sorted into classes. */
    CLASSIFICATION,
    /** Texts gathered into groups. */
    CLUSTERING
}
