package com.example.provider;

import io.aicore.llm.LlmConfig;
import io.aicore.llm.LlmProvider;
import io.aicore.llm.LlmProviderFactory;
import io.aicore.llm.Protocol;
import io.aicore.llm.ProviderHost;
import io.aicore.llm.WireProvider;
import io.aicore.llm.chat.FinishReason;
import io.aicore.llm.codec.JsonEndpoint;
import io.aicore.llm.codec.completions.ChatCompletions;
import io.aicore.llm.codec.completions.ChatDialect;
import java.util.Map;
import java.util.Set;

/** A host of chat completions with a key header of its own and a word of its own for a finished answer. */
public final class TulipProviderFactory implements LlmProviderFactory {

    private static final ProviderHost HOST =
            ProviderHost.bearer("tulip", "https://tulip.example/v1").header("x-tulip-key");

    private static final ChatDialect DIALECT = new ChatDialect() {
        @Override
        public FinishReason finish(String word) {
            return word.equals("bloomed") ? FinishReason.STOP : ChatDialect.super.finish(word);
        }
    };

    @Override
    public Set<String> names() {
        return Set.of(HOST.name());
    }

    @Override
    public LlmProvider create(LlmConfig config) {
        Map<String, String> key = HOST.keyHeader(config);
        JsonEndpoint endpoint = JsonEndpoint.of(HOST.name(), "/chat/completions", key);
        Protocol protocol = Protocol.NONE.chat(new ChatCompletions(endpoint, DIALECT));
        return WireProvider.create(config, HOST.name(), HOST.baseUrl(config), protocol);
    }
}
