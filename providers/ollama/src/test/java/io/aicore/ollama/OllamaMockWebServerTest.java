package io.aicore.ollama;

import io.aicore.testkit.MockWebServerTest;
import io.aicore.testkit.ProviderFixture;

/** The way of a call and of a retry, against a server that is not ours. */
class OllamaMockWebServerTest extends MockWebServerTest {
    @Override
    public ProviderFixture fixture() {
        return new OllamaFixture();
    }
}
