package io.aicore.gemini;

import io.aicore.llm.testing.kit.ProviderFixture;
import io.aicore.llm.testing.kit.ProviderKit;

/** Gemini, by the tests that every provider passes. */
class GeminiKitTest extends ProviderKit {
    @Override
    public ProviderFixture fixture() {
        return new GeminiFixture();
    }
}
