package io.aicore.mistral;

import io.aicore.llm.testing.kit.ProviderFixture;
import io.aicore.llm.testing.kit.ProviderKit;

/** Mistral's chat completions, by the tests that every provider passes. */
class MistralKitTest extends ProviderKit {
    @Override
    public ProviderFixture fixture() {
        return new MistralFixture();
    }
}
