/** Anthropic's Messages API. */
module io.aicore.anthropic {
    requires transitive io.aicore.llm;

    exports io.aicore.anthropic;

    provides io.aicore.llm.LlmProviderFactory with
            io.aicore.anthropic.AnthropicProviderFactory;
}
