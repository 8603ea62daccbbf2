package io.aicore.anthropic;

import io.aicore.llm.testing.kit.MockWebServerTest;
import io.aicore.llm.testing.kit.ProviderFixture;

/** The way of a call and of a retry, against a server that is not ours. */
class AnthropicMockWebServerTest extends MockWebServerTest {
    @Override
    public ProviderFixture fixture() {
        return new AnthropicFixture();
    }
}
