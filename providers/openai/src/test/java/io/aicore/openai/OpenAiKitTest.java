package io.aicore.openai;

import io.aicore.llm.testing.kit.ProviderFixture;
import io.aicore.llm.testing.kit.ProviderKit;

/** OpenAI's chat completions, by the tests that every provider passes. */
class OpenAiKitTest extends ProviderKit {
    @Override
    public ProviderFixture fixture() {
        return new OpenAiFixture();
    }
}
