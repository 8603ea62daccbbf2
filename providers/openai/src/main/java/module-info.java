/** OpenAI chat completions, and the hosts that speak the same protocol. */
module io.aicore.openai {
    requires transitive io.aicore.llm;

    exports io.aicore.openai;

    provides io.aicore.llm.LlmProviderFactory with
            io.aicore.openai.OpenAiProviderFactory;
}
