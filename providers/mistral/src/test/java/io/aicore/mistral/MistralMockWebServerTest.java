package io.aicore.mistral;

import io.aicore.testkit.MockWebServerTest;
import io.aicore.testkit.ProviderFixture;

/** The way of a call and of a retry, against a server that is not ours. */
class MistralMockWebServerTest extends MockWebServerTest {
    @Override
    public ProviderFixture fixture() {
        return new MistralFixture();
    }
}
