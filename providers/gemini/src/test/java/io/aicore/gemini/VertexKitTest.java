package io.aicore.gemini;

import io.aicore.testkit.ProviderFixture;
import io.aicore.testkit.ProviderTestKit;
import io.aicore.testkit.ReadmeClaims;

/** Vertex, by the tests that every provider passes. */
class VertexKitTest extends ProviderTestKit implements ReadmeClaims {
    @Override
    public ProviderFixture fixture() {
        return new VertexFixture();
    }

    @Override
    public String row() {
        return "Vertex AI";
    }
}
