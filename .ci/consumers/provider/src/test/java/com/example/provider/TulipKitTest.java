package com.example.provider;

import io.aicore.llm.chat.FinishReason;
import io.aicore.testkit.ChatCompletionsFixture;
import io.aicore.testkit.ChatCompletionsRequests;
import io.aicore.testkit.ProviderFixture;
import io.aicore.testkit.ProviderTestKit;
import io.aicore.testkit.RequestReader;
import io.aicore.testserver.RecordedCall;
import java.util.Map;

class TulipKitTest extends ProviderTestKit {

    @Override
    public ProviderFixture fixture() {
        return new ChatCompletionsFixture("tulip") {
            @Override
            public Map<FinishReason, String> finishReasons() {
                return Map.of(
                        FinishReason.STOP, "bloomed",
                        FinishReason.LENGTH, "length",
                        FinishReason.TOOL_CALLS, "tool_calls");
            }

            @Override
            public RequestReader requests() {
                return new ChatCompletionsRequests() {
                    @Override
                    public String key(RecordedCall call) {
                        return call.header("x-tulip-key");
                    }
                };
            }
        };
    }
}
