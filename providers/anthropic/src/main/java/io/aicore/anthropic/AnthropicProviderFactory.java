package io.aicore.anthropic;

import io.aicore.llm.LlmConfig;
import io.aicore.llm.LlmProvider;
import io.aicore.llm.LlmProviderFactory;
import io.aicore.llm.Protocol;
import io.aicore.llm.ProviderHost;
import io.aicore.llm.WireProvider;
import io.aicore.llm.codec.JsonEndpoint;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Makes the provider {@code anthropic}, which speaks Anthropic's Messages API.
 *
 * <p>The base URL is what {@code /v1/messages} is appended to; only {@code /messages} if it ends with {@code /v1}. Options:
 * {@code api_version} (the {@code anthropic-version}, default 2023-06-01; from 2026-10-21 on temperature and top-p are
 * refused by the API and are not sent), {@code beta} (the {@code anthropic-beta} features, with commas between them), {@code
 * auth} ({@code x-api-key}, the default, or {@code bearer}). A header of one's own named {@code authorization} or {@code
 * x-api-key}, or an authorizer, takes the place of the key.
 *
 * <p>How requests go out: the API requires a token limit, which is 4,096 if none is said, and 16,384 or more with a
 * reasoning effort. All system messages become the one system prompt. A reasoning effort becomes adaptive thinking with
 * that effort, and for models before 4.6 a thinking budget; temperature is not sent with thinking, nor to models after 4.6,
 * which refuse it. {@code seed} does not exist here and is not sent; {@code ResponseFormat.json()} neither, and is refused.
 * An answer whose blocks must come back unchanged (thinking with its signature, server tools) has them in its extra
 * field {@code anthropic_content}, and {@code completion.message()} sends them back. In a message's extra fields, {@code
 * cache_control} marks its last block as the end of a cached prefix, and {@code is_error} a tool's result as a failure; in
 * the request's they stand for fields of the API, as {@code cache_control}, {@code thinking} or {@code top_k}; {@code tools}
 * there takes the place of ours, for tools of the server and for marks of their own, which a mark on the system prompt makes
 * needless: tools stand before it. {@code betas} is a header there: beta features of this request, beside those of the
 * option. After a pause ({@code pause_turn}), send {@code completion.message()} and go on: the model does.
 *
 * <p>An end of turn without content is an empty answer, no failure. {@code service_tier}, {@code container}, {@code stop_sequence} and
 * {@code context_management} are among an answer's extra fields.
 *
 * <p>Files are {@code document} blocks: PDF by bytes or address, and texts by their bytes. Tools that the server runs go out
 * after the request's own.
 *
 * <p>Tokens are counted by the API, which takes the input's fields and is sent no others.
 */
public final class AnthropicProviderFactory implements LlmProviderFactory {

    static final ProviderHost HOST = ProviderHost.bearer("anthropic", "https://api.anthropic.com");

    private static final String KEY_HEADER = "x-api-key";

    /** For {@link java.util.ServiceLoader}. */
    public AnthropicProviderFactory() {}

    @Override
    public Set<String> names() {
        return Set.of(HOST.name());
    }

    @Override
    public LlmProvider create(LlmConfig config) {
        ProviderHost.refuseOptions(config, "api_version", "beta", "auth");
        URI baseUrl = HOST.baseUrl(config);
        Options options = Options.of(config.options());
        String path = baseUrl.getPath() != null && baseUrl.getPath().endsWith("/v1") ? "/messages" : "/v1/messages";
        JsonEndpoint api = JsonEndpoint.of(HOST.name(), path, headers(config, options));
        RequestEncoder encoder = new RequestEncoder(options.apiVersion());
        Protocol protocol = Protocol.NONE
                .chat(new AnthropicCodec(api, encoder))
                .tokenCount(new CountingCodec(api.path(path + "/count_tokens"), encoder));
        return WireProvider.create(config, HOST.name(), baseUrl, protocol);
    }

    private static Map<String, String> headers(LlmConfig config, Options options) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("anthropic-version", options.apiVersion());
        if (options.beta() != null) {
            headers.put(Betas.HEADER, options.beta());
        }
        if (!ProviderHost.sets(config, Set.of("authorization", KEY_HEADER))) {
            headers.putAll((options.bearer() ? HOST : HOST.header(KEY_HEADER)).keyHeader(config));
        }
        // The user's headers win, in whatever case they are written: the same one twice would be two values.
        headers.keySet().removeIf(name -> ProviderHost.sets(config, Set.of(name)));
        return headers;
    }
}
