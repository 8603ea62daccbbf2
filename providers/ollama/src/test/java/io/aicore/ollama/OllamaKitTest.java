package io.aicore.ollama;

import io.aicore.testkit.ProviderFixture;
import io.aicore.testkit.ProviderTestKit;
import io.aicore.testkit.ReadmeClaims;

/** Ollama's own API, by the tests that every provider passes. */
class OllamaKitTest extends ProviderTestKit implements ReadmeClaims {
    @Override
    public ProviderFixture fixture() {
        return new OllamaFixture();
    }

    @Override
    public String row() {
        return "Ollama";
    }
}
