package io.aicore.gemini;

import io.aicore.llm.LlmConfig;
import io.aicore.llm.LlmConfigBuilder;
import io.aicore.llm.chat.ToolCall;
import io.aicore.testkit.EmbeddingFixture;
import java.net.URI;

/** Vertex AI: another path, another key, and calls without ids. */
final class VertexFixture extends GeminiFixture {

    @Override
    public LlmConfigBuilder config(URI server) {
        return LlmConfig.builder()
                .provider("vertex")
                .apiKey(key())
                .model(model())
                .baseUrl(server)
                .option("project", "p-1")
                .option("location", "europe-west4");
    }

    @Override
    public String key() {
        return "ya29.secret-token-0123456789";
    }

    @Override
    public String path(boolean stream) {
        return "/v1/projects/p-1/locations/europe-west4/publishers/google/models/model-1:" + method(stream);
    }

    @Override
    public EmbeddingFixture embeddings() {
        return new VertexEmbeddingFixture();
    }

    @Override
    public boolean callsHaveIds() {
        return false;
    }

    @Override
    public String reference(ToolCall call) {
        return call.name();
    }
}
