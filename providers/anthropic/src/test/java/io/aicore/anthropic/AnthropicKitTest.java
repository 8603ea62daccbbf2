package io.aicore.anthropic;

import io.aicore.llm.testing.kit.ProviderFixture;
import io.aicore.llm.testing.kit.ProviderKit;

/** The Messages API, by the tests that every provider passes. */
class AnthropicKitTest extends ProviderKit {
    @Override
    public ProviderFixture fixture() {
        return new AnthropicFixture();
    }
}
