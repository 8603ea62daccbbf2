package io.aicore.openai;

import io.aicore.testkit.ProviderFixture;
import io.aicore.testkit.ProviderTestKit;
import io.aicore.testkit.ReadmeClaims;

/** OpenAI's chat completions, by the tests that every provider passes. */
class OpenAiKitTest extends ProviderTestKit implements ReadmeClaims {
    @Override
    public ProviderFixture fixture() {
        return new OpenAiFixture();
    }

    @Override
    public String row() {
        return "OpenAI chat completions";
    }
}
