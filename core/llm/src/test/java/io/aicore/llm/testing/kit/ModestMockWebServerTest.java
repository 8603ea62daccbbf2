package io.aicore.llm.testing.kit;

/** The modest protocol against MockWebServer. */
class ModestMockWebServerTest extends MockWebServerTest {
    @Override
    public ProviderFixture fixture() {
        return new ModestFixture();
    }
}
