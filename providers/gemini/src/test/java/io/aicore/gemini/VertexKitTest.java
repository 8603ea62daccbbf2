package io.aicore.gemini;

import io.aicore.llm.testing.kit.ProviderFixture;
import io.aicore.llm.testing.kit.ProviderKit;

/** Vertex, by the tests that every provider passes. */
class VertexKitTest extends ProviderKit {
    @Override
    public ProviderFixture fixture() {
        return new VertexFixture();
    }
}
