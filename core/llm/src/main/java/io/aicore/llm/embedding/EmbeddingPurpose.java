package io.aicore.llm.embedding;

/**
 * The use of embeddings. Some models embed queries and documents differently, and match poorly without it. It is not
 * sent to a provider that has no value for it.
 */
public enum EmbeddingPurpose {
    /** A query that searches documents. */
    QUERY,
    /** A document to be found by queries. */
    DOCUMENT,
    /** Texts to be compared with each other. */
    SIMILARITY,
    /** Texts to be classified. */
    CLASSIFICATION,
    /** Texts to be clustered. */
    CLUSTERING
}
