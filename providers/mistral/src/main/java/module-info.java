/** Mistral's chat completions and embeddings. */
module io.aicore.mistral {
    requires transitive io.aicore.llm;

    exports io.aicore.mistral;

    provides io.aicore.llm.LlmProviderFactory with
            io.aicore.mistral.MistralProviderFactory;
}
