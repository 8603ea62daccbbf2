package io.aicore.bedrock;

import io.aicore.testkit.ProviderFixture;
import io.aicore.testkit.ProviderTestKit;
import io.aicore.testkit.ReadmeClaims;

/** Bedrock's Converse, by the tests that every provider passes. */
class BedrockKitTest extends ProviderTestKit implements ReadmeClaims {
    @Override
    public ProviderFixture fixture() {
        return new BedrockFixture();
    }

    @Override
    public String row() {
        return "Amazon Bedrock Converse";
    }
}
