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
 * Creates the provider {@code anthropic} for Anthropic's Messages API.
 *
 * <p><b>Configuration.</b> {@code /v1/messages} is appended to the base URL; only {@code /messages} if it ends with
 * {@code /v1}. Options: {@code api_version} (the {@code anthropic-version}, default 2023-06-01; from 2026-10-21 on the
 * API rejects temperature and top-p, and they are not sent), {@code beta} (comma-separated {@code anthropic-beta}
 * features), {@code auth} ({@code x-api-key}, the default, or {@code bearer}). A configured header
 * {@code authorization} or {@code x-api-key}, or an authorizer, replaces the key.
 *
 * <p><b>Requests.</b> The API requires a token limit: 4,096 by default, and 16,384 or more with a reasoning effort. All
 * system messages are combined into one system prompt. A reasoning effort becomes adaptive thinking with that effort,
 * and for models before 4.6 a thinking budget; temperature is not sent with thinking, nor to models after 4.6, which
 * reject it. {@code seed} is not supported and not sent; {@code ResponseFormat.json()} is not supported and rejected.
 * An answer whose blocks must be returned unchanged (thinking with its signature, server tools) has them in its extra
 * field {@code anthropic_content}, and {@code completion.message()} sends them back. In a message's extra fields,
 * {@code cache_control} marks its last block as the end of a cached prefix, and {@code is_error} marks a tool's result
 * as a failure. The request's extra fields are fields of the API, such as {@code cache_control}, {@code thinking} or
 * {@code top_k}; {@code tools} there replaces the tools of the request, for server tools and for cache marks of tools
 * (a mark on the system prompt covers the tools, which precede it). {@code betas} there is sent as a header: beta
 * features of this request, in addition to the option's. After a pause ({@code pause_turn}), send
 * {@code completion.message()} and the model continues.
 *
 * <p><b>Answers.</b> An end of turn without content is an empty answer and no failure. {@code service_tier},
 * {@code container}, {@code stop_sequence} and {@code context_management} are among an answer's extra fields.
 *
 * <p><b>Files.</b> They are sent as {@code document} blocks: PDF by content or address, and texts by content. Server
 * tools are sent after the request's own.
 *
 * <p><b>Token counts.</b> The API counts; only the fields it accepts are sent.
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
