package io.aicore.openai;

import io.aicore.llm.LlmConfig;
import io.aicore.llm.LlmProvider;
import io.aicore.llm.LlmProviderFactory;
import io.aicore.llm.Secret;
import io.aicore.llm.WireProvider;
import java.net.URI;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes providers that speak OpenAI's chat completions: {@code openai}, {@code azure-openai}, {@code groq},
 * {@code deepseek}, {@code xai}, {@code nvidia}, {@code openrouter}, {@code zai}, {@code together}, {@code fireworks}, {@code
 * cerebras}, {@code ollama}, {@code vllm}, {@code llamacpp}, and {@code openai-compatible} for any other address.
 *
 * <p>The base URL is what {@code /chat/completions} is appended to, {@code /v1} and the like included. Options: {@code
 * api_version} and {@code deployment} (Azure), {@code stream_usage} (true or false: ask a stream for its usage), {@code
 * max_tokens_field} (max_tokens or max_completion_tokens), {@code terminator} (required or optional: whether a stream must
 * end with {@code [DONE]}), {@code json_schema} (native or prompt: where the schema of a typed answer goes). Several choices ({@code n}) are not supported: only the first is read.
 */
public final class OpenAiProviderFactory implements LlmProviderFactory {

    /** For {@link java.util.ServiceLoader}. */
    public OpenAiProviderFactory() {}

    @Override
    public Set<String> names() {
        return Hosts.names();
    }

    @Override
    public LlmProvider create(LlmConfig config) {
        return create(Hosts.named(config.provider()), config);
    }

    static LlmProvider create(HostProfile host, LlmConfig config) {
        Options options = Options.of(config.options(), host.dialect());
        URI baseUrl = baseUrl(host, config.baseUrl());
        String path = host.name().equals(Hosts.AZURE) ? AzurePaths.of(baseUrl, options) : "/chat/completions";
        OpenAiCodec codec = new OpenAiCodec(host.name(), options.dialect(), path, keyHeader(host, config));
        return WireProvider.create(config, host.name(), baseUrl, codec);
    }

    private static URI baseUrl(HostProfile host, @Nullable URI configured) {
        if (configured != null) {
            String address = configured.toString();
            return address.endsWith("/") ? URI.create(address.substring(0, address.length() - 1)) : configured;
        }
        if (host.baseUrl() == null) {
            String example = host.name().equals(Hosts.AZURE)
                    ? "https://<resource>.openai.azure.com"
                    : "the address that /chat/completions is appended to";
            throw new IllegalArgumentException(
                    "LLM_BASE_URL: none (expected: " + example + ", for provider " + host.name() + ")");
        }
        return URI.create(host.baseUrl());
    }

    private static Map<String, String> keyHeader(HostProfile host, LlmConfig config) {
        if (config.authorizer() != null) {
            // It says who asks; a key beside it would say something else.
            return Map.of();
        }
        Secret key = config.apiKey();
        if (key != null) {
            return host.key() == HostProfile.KeyStyle.API_KEY_HEADER
                    ? Map.of("api-key", key.reveal())
                    : Map.of("authorization", "Bearer " + key.reveal());
        }
        // Another address may be a gateway that knows the key itself, and a header of one's own may be the key.
        boolean elsewhere = config.baseUrl() != null && host.baseUrl() != null;
        boolean ownHeader = config.headers().keySet().stream()
                .anyMatch(name -> name.equalsIgnoreCase("authorization") || name.equalsIgnoreCase("api-key"));
        if (host.key() == HostProfile.KeyStyle.OPTIONAL_BEARER || elsewhere || ownHeader) {
            return Map.of();
        }
        throw new IllegalArgumentException("LLM_API_KEY: none (expected: the key for provider " + host.name()
                + ", here or in " + host.keyVariable() + ")");
    }
}
