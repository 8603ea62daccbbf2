package io.aicore.openai;

import io.aicore.testkit.ProviderFixture;
import io.aicore.testkit.ProviderTestKit;
import io.aicore.testkit.ReadmeClaims;

/** OpenAI's Responses API, by the tests that every provider passes. */
class ResponsesKitTest extends ProviderTestKit implements ReadmeClaims {
    @Override
    public ProviderFixture fixture() {
        return new ResponsesFixture();
    }

    @Override
    public String row() {
        return "OpenAI Responses";
    }
}
