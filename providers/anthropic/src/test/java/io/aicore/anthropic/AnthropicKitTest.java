package io.aicore.anthropic;

import io.aicore.testkit.ProviderFixture;
import io.aicore.testkit.ProviderTestKit;
import io.aicore.testkit.ReadmeClaims;

/** The Messages API, by the tests that every provider passes. */
class AnthropicKitTest extends ProviderTestKit implements ReadmeClaims {
    @Override
    public ProviderFixture fixture() {
        return new AnthropicFixture();
    }

    @Override
    public String row() {
        return "Anthropic Messages";
    }
}
