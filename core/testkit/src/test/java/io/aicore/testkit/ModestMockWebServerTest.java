package io.aicore.testkit;

/** The modest protocol against MockWebServer. */
class ModestMockWebServerTest extends MockWebServerTest {
    @Override
    public ProviderFixture fixture() {
        return new ModestFixture();
    }
}
