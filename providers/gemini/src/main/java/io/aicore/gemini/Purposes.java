package io.aicore.gemini;

import io.aicore.llm.embedding.EmbeddingPurpose;

/** Google's values for the purposes of embeddings. */
final class Purposes {

    private Purposes() {}

    static String taskType(EmbeddingPurpose purpose) {
        return switch (purpose) {
            case QUERY -> "RETRIEVAL_QUERY";
            case DOCUMENT -> "RETRIEVAL_DOCUMENT";
            case SIMILARITY -> "SEMANTIC_SIMILARITY";
            case CLASSIFICATION -> "CLASSIFICATION";
            case CLUSTERING -> "CLUSTERING";
        };
    }
}
