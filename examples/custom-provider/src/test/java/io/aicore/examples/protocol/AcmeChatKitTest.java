package io.aicore.examples.protocol;

import io.aicore.testkit.ChatCompletionsFixture;
import io.aicore.testkit.ProviderFixture;
import io.aicore.testkit.ProviderTestKit;

// README: test-kit
/** A host that speaks chat completions without differences. */
class AcmeChatKitTest extends ProviderTestKit {

    @Override
    public ProviderFixture fixture() {
        return new ChatCompletionsFixture("acme-chat") {};
    }
}
// README end
