package io.aicore.examples.protocol;

import io.aicore.llm.LlmConfig;
import io.aicore.llm.LlmProvider;
import io.aicore.llm.LlmProviderFactory;
import io.aicore.llm.ProviderHost;
import io.aicore.llm.WireProvider;
import io.aicore.llm.codec.ChatCodec;
import io.aicore.llm.codec.JsonEndpoint;
import io.aicore.llm.codec.completions.ChatCompletions;
import io.aicore.llm.codec.completions.ChatDialect;
import java.util.Set;

/**
 * Makes {@code acme}, which speaks Acme's own protocol, and {@code acme-chat}, the same host's chat completions. The key is
 * read from {@code ACME_API_KEY} or {@code ACME_CHAT_API_KEY}, the base URL is what {@code /ask} or {@code
 * /chat/completions} is appended to.
 */
public final class AcmeProviderFactory implements LlmProviderFactory {

    private static final String ACME = "acme";
    private static final String ADDRESS = "https://api.acme.example/v1";

    /** A host of chat completions: what it has in common with others needs no word. */
    private static final ChatDialect DIALECT = new ChatDialect() {
        @Override
        public String maxTokens() {
            return "max_completion_tokens";
        }
    };

    /** For {@link java.util.ServiceLoader}. */
    public AcmeProviderFactory() {}

    @Override
    public Set<String> names() {
        return Set.of(ACME, "acme-chat");
    }

    // README: own-factory
    @Override
    public LlmProvider create(LlmConfig config) {
        ProviderHost host = ProviderHost.bearer(config.provider(), ADDRESS);
        ProviderHost.refuseOptions(config);
        JsonEndpoint api = JsonEndpoint.of(host.name(), "/ask", host.keyHeader(config));
        ChatCodec codec = host.name().equals(ACME)
                ? new AcmeCodec(api)
                : new ChatCompletions(api.path("/chat/completions"), DIALECT);
        return WireProvider.create(config, host.name(), host.baseUrl(config), codec);
    }
    // README end
}
