package io.aicore.bedrock;

import io.aicore.llm.testing.kit.ProviderFixture;
import io.aicore.llm.testing.kit.ProviderKit;

/** Bedrock's Converse, by the tests that every provider passes. */
class BedrockKitTest extends ProviderKit {
    @Override
    public ProviderFixture fixture() {
        return new BedrockFixture();
    }
}
