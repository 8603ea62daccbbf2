package io.aicore.gemini;

import io.aicore.testkit.ProviderFixture;
import io.aicore.testkit.ProviderTestKit;
import io.aicore.testkit.ReadmeClaims;

/** Gemini, by the tests that every provider passes. */
class GeminiKitTest extends ProviderTestKit implements ReadmeClaims {
    @Override
    public ProviderFixture fixture() {
        return new GeminiFixture();
    }

    @Override
    public String row() {
        return "Gemini";
    }
}
