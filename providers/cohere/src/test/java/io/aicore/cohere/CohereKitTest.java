package io.aicore.cohere;

import io.aicore.testkit.ProviderFixture;
import io.aicore.testkit.ProviderTestKit;
import io.aicore.testkit.ReadmeClaims;

/** Cohere's chat, by the tests that every provider passes. */
class CohereKitTest extends ProviderTestKit implements ReadmeClaims {
    @Override
    public ProviderFixture fixture() {
        return new CohereFixture();
    }

    @Override
    public String row() {
        return "Cohere";
    }
}
