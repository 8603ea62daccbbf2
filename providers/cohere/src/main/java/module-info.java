/** Cohere's chat and embeddings, version 2 of its API. */
module io.aicore.cohere {
    requires transitive io.aicore.llm;

    exports io.aicore.cohere;

    provides io.aicore.llm.LlmProviderFactory with
            io.aicore.cohere.CohereProviderFactory;
}
