package io.aicore.ollama;

import io.aicore.llm.LlmConfig;
import io.aicore.llm.LlmProvider;
import io.aicore.llm.LlmProviderFactory;
import io.aicore.llm.Protocol;
import io.aicore.llm.ProviderHost;
import io.aicore.llm.WireProvider;
import io.aicore.llm.codec.JsonEndpoint;
import io.aicore.llm.codec.ThinkBlocks;
import io.aicore.llm.config.KeyVariables;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Creates the provider {@code ollama} for Ollama's own API: completions, streams and embeddings. (For OpenAI's
 * protocol, which an Ollama server supports below {@code /v1}, use the provider {@code ollama-openai} of the OpenAI
 * module.)
 *
 * <p><b>Configuration.</b> {@code /api/chat} is appended to the base URL; only {@code /chat} if it ends with
 * {@code /api}. Default: the option {@code host}, which is {@code OLLAMA_HOST} in the environment and may be as short
 * as {@code :11434}; otherwise {@code http://localhost:11434}. No key is needed; one for {@code https://ollama.com} is
 * sent as a bearer token. A model that is not in memory is loaded first, which may take longer than the default
 * first-token timeout of a stream.
 *
 * <p><b>Requests.</b> Temperature, top-p, the token limit ({@code num_predict}), stop sequences and seed are
 * {@code options}; others, such as {@code num_ctx}, are set in the request's extra field {@code options} and added to
 * them. {@code keep_alive}, {@code truncate} and other fields of the API are extra fields as well. A reasoning effort
 * is {@code think}: false for none, otherwise the nearest of low, medium and high; {@code extra("think", true)} leaves
 * the level to the model. Images are sent by content: one by address is rejected, as are files of other types, a tool
 * choice that requires a call, and {@code parallelToolCalls(false)}. A tool's strictness is not sent.
 *
 * <p><b>Answers.</b> A {@code <think>} block before an answer becomes its reasoning ({@link ThinkBlocks}); with the
 * option {@code think_blocks: text} it stays in the text. Tool calls usually have no ids: they get generated ones,
 * deterministically.
 */
public final class OllamaProviderFactory implements LlmProviderFactory {

    private static final String NAME = "ollama";
    private static final String HOST = "host";
    private static final ProviderHost SERVER =
            ProviderHost.bearer(NAME, Address.DEFAULT).keyOptional();

    /** For {@link java.util.ServiceLoader}. */
    public OllamaProviderFactory() {}

    @Override
    public Set<String> names() {
        return Set.of(NAME);
    }

    @Override
    public KeyVariables keyVariables(String name) {
        return new KeyVariables(
                List.of("OLLAMA_API_KEY"), List.of("OLLAMA_BASE_URL"), List.of(Map.of(HOST, List.of("OLLAMA_HOST"))));
    }

    @Override
    public LlmProvider create(LlmConfig config) {
        ProviderHost.refuseOptions(config, HOST, ThinkBlocks.OPTION);
        URI address = Address.of(config.baseUrl(), config.options().get(HOST));
        String prefix = address.getPath() != null && address.getPath().endsWith("/api") ? "" : "/api";
        JsonEndpoint api = JsonEndpoint.of(NAME, prefix + "/chat", SERVER.keyHeader(config));
        Protocol protocol = Protocol.NONE
                .chat(ThinkBlocks.in(new OllamaCodec(api), api.errors(), config.options(), request -> true))
                .embeddings(new OllamaEmbeddings(api.path(prefix + "/embed")));
        return WireProvider.create(config, NAME, address, protocol);
    }
}
