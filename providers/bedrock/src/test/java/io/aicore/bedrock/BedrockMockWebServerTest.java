package io.aicore.bedrock;

import io.aicore.testkit.MockWebServerTest;
import io.aicore.testkit.ProviderFixture;

/** The way of a call and of a retry, against a server that is not ours. */
class BedrockMockWebServerTest extends MockWebServerTest {
    @Override
    public ProviderFixture fixture() {
        return new BedrockFixture();
    }
}
