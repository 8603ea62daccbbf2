package io.aicore.openai;

import io.aicore.llm.testing.kit.ProviderFixture;
import io.aicore.llm.testing.kit.ProviderKit;

/** OpenAI's Responses API, by the tests that every provider passes. */
class ResponsesKitTest extends ProviderKit {
    @Override
    public ProviderFixture fixture() {
        return new ResponsesFixture();
    }
}
