package io.aicore.examples.protocol;

import io.aicore.testkit.ChatCompletionsFixture;
import io.aicore.testkit.ProviderFixture;
import io.aicore.testkit.ProviderTestKit;

// README: test-kit
/** The host of chat completions, by what most hosts of them do. */
class AcmeChatKitTest extends ProviderTestKit {

    @Override
    public ProviderFixture fixture() {
        return new ChatCompletionsFixture("acme-chat") {};
    }
}
// README end
