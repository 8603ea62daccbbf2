package io.aicore.ollama;

import io.aicore.llm.testing.kit.ProviderFixture;
import io.aicore.llm.testing.kit.ProviderKit;

/** Ollama's own API, by the tests that every provider passes. */
class OllamaKitTest extends ProviderKit {
    @Override
    public ProviderFixture fixture() {
        return new OllamaFixture();
    }
}
