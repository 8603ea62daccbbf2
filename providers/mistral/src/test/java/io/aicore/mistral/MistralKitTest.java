package io.aicore.mistral;

import io.aicore.testkit.ProviderFixture;
import io.aicore.testkit.ProviderTestKit;
import io.aicore.testkit.ReadmeClaims;

/** Mistral's chat completions, by the tests that every provider passes. */
class MistralKitTest extends ProviderTestKit implements ReadmeClaims {
    @Override
    public ProviderFixture fixture() {
        return new MistralFixture();
    }

    @Override
    public String row() {
        return "Mistral";
    }
}
