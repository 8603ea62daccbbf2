/** Ollama's own API: models on this machine, and its cloud. */
module io.aicore.ollama {
    requires transitive io.aicore.llm;

    exports io.aicore.ollama;

    provides io.aicore.llm.LlmProviderFactory with
            io.aicore.ollama.OllamaProviderFactory;
}
