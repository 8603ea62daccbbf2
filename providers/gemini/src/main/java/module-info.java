/** Google's generateContent, on the Gemini API and on Vertex AI. */
module io.aicore.gemini {
    requires transitive io.aicore.llm;

    exports io.aicore.gemini;
    exports io.aicore.google;

    provides io.aicore.llm.LlmProviderFactory with
            io.aicore.gemini.GeminiProviderFactory;
}
