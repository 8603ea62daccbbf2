package io.aicore.cohere;

import io.aicore.llm.testing.kit.ProviderFixture;
import io.aicore.llm.testing.kit.ProviderKit;

/** Cohere's chat, by the tests that every provider passes. */
class CohereKitTest extends ProviderKit {
    @Override
    public ProviderFixture fixture() {
        return new CohereFixture();
    }
}
