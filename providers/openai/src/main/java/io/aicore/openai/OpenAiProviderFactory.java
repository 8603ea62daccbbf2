package io.aicore.openai;

import io.aicore.llm.LlmConfig;
import io.aicore.llm.LlmProvider;
import io.aicore.llm.LlmProviderFactory;
import io.aicore.llm.Protocol;
import io.aicore.llm.ProviderHost;
import io.aicore.llm.WireProvider;
import io.aicore.llm.codec.ChatCodec;
import io.aicore.llm.codec.JsonEndpoint;
import io.aicore.llm.codec.ThinkBlocks;
import io.aicore.llm.codec.completions.ChatCompletions;
import io.aicore.llm.codec.completions.CommonEmbeddings;
import io.aicore.llm.codec.failure.ErrorClassifier;
import java.net.URI;
import java.util.Set;

/**
 * Creates providers for OpenAI's chat completions: {@code openai}, {@code azure-openai}, {@code groq},
 * {@code deepseek}, {@code xai}, {@code nvidia}, {@code openrouter}, {@code zai}, {@code together}, {@code fireworks},
 * {@code cerebras}, {@code ollama-openai}, {@code vllm}, {@code llamacpp}, and {@code openai-compatible} for any other
 * address. Embeddings are supported by those with an OpenAI endpoint for them (not groq, deepseek, xai, zai and
 * cerebras), and by {@code voyage}, which has embeddings only.
 *
 * <p><b>Configuration.</b> {@code /chat/completions} is appended to the base URL, which includes {@code /v1} and the
 * like. Options: {@code api_version}, {@code deployment} and {@code embedding_deployment} (Azure), {@code stream_usage}
 * (true or false: request the usage of a stream), {@code max_tokens_field} (max_tokens or max_completion_tokens),
 * {@code terminator} (optional or required, default optional: whether a stream with a finish reason and a normal end of
 * the body must also have {@code [DONE]}), {@code max_inputs} (maximum number of texts in one embedding request),
 * {@code json_schema} (native or prompt: where the schema of a typed answer is sent), {@code think_blocks} (reasoning
 * or text: how a {@code <think>} block before the answer is treated; default: text at openai and azure-openai,
 * reasoning elsewhere, see {@link ThinkBlocks}).
 *
 * <p><b>Answers.</b> Of several choices ({@code n}) the first is the answer. An answer's extra fields contain
 * additional output under the hosts' names: {@code annotations}, {@code citations}, {@code search_results},
 * {@code images}, {@code audio}, {@code content} (parts other than text), {@code logprobs}, {@code choices} (those
 * after the first), {@code service_tier}, {@code moderation} and a few more. An image or audio alone is an answer. Of
 * these only {@code reasoning_details} and the id of {@code audio} are sent back with {@code completion.message()}.
 * Z.AI's models support the efforts low, high and max from GLM 5.2 on, before it only on and off; the warnings of the
 * answer state what was sent instead.
 *
 * <p><b>Files.</b> Audio is sent as {@code input_audio}, by content; documents as {@code file}, by content, and at
 * hosts other than OpenAI, Azure, Groq, xAI and Cerebras also by address; video as {@code video_url} at these hosts.
 * The Responses API accepts documents ({@code input_file}).
 *
 * <p><b>Responses API.</b> With the option {@code api} set to {@code responses} (default: {@code chat}), completions
 * use {@code /responses}: at openai, azure-openai, deepseek, xai, openrouter, ollama-openai, vllm and
 * openai-compatible. It supports neither stop sequences nor a seed, which are rejected. An answer is not stored
 * ({@code store: false}; the provider's own default would keep it for weeks); instead the encrypted reasoning of
 * OpenAI's reasoning models is requested and sent back with {@link io.aicore.llm.chat.Completion#message()}. For other
 * models with this feature, set {@code include} in the request's extra fields; {@code store} there overrides the
 * default. The options for streams and the token limit have no effect.
 *
 * <p>With {@code background: true} in the extra fields, the provider stores the answer and generates it independently
 * of the connection. It is polled every 2 s within the attempt timeout; a stream that breaks is resumed where it broke,
 * also after content. A retry continues with the same answer, which is billed once. Cancelling a call sends nothing:
 * the answer continues at the provider, and is billed. A stream must still send its first byte and content in time
 * ({@code firstTokenTimeout}, {@code firstContentTimeout}).
 */
public final class OpenAiProviderFactory implements LlmProviderFactory {

    /** For {@link java.util.ServiceLoader}. */
    public OpenAiProviderFactory() {}

    @Override
    public Set<String> names() {
        return Hosts.names();
    }

    @Override
    public boolean completes(String name) {
        return Hosts.named(name).dialect() != null;
    }

    @Override
    public LlmProvider create(LlmConfig config) {
        return create(Hosts.named(config.provider()), config);
    }

    static LlmProvider create(HostProfile profile, LlmConfig config) {
        Options options = Options.of(config.options(), profile);
        ProviderHost host = host(profile);
        URI baseUrl = host.baseUrl(config);
        JsonEndpoint api = JsonEndpoint.of(profile.name(), "", host.keyHeader(config));
        boolean azure = profile.name().equals(Hosts.AZURE);
        Protocol protocol = Protocol.NONE;
        if (options.responses() != null && options.dialect() != null) {
            String path = azure ? AzurePaths.responses(baseUrl, options) : "/responses";
            ChatCodec codec = new ResponsesCodec(api.path(path), options.responses(), options.dialect());
            protocol = protocol.chat(thinking(codec, profile, config));
        } else if (options.dialect() != null) {
            String path = "/chat/completions";
            JsonEndpoint chat = api.path(azure ? AzurePaths.of(baseUrl, options, path, options.deployment()) : path);
            protocol = protocol.chat(thinking(new ChatCompletions(chat, options.dialect()), profile, config));
        }
        if (options.embeddings() != null) {
            String path = "/embeddings";
            JsonEndpoint embeddings =
                    api.path(azure ? AzurePaths.of(baseUrl, options, path, options.embeddingDeployment()) : path);
            protocol = protocol.embeddings(new CommonEmbeddings(embeddings, options.embeddings()));
        }
        return WireProvider.create(config, profile.name(), baseUrl, protocol);
    }

    private static ChatCodec thinking(ChatCodec codec, HostProfile profile, LlmConfig config) {
        return ThinkBlocks.in(
                codec, new ErrorClassifier(profile.name()), config.options(), request -> profile.hasOpenModels());
    }

    /** Where it is, and the header with the key. */
    private static ProviderHost host(HostProfile profile) {
        boolean azure = profile.name().equals(Hosts.AZURE);
        ProviderHost host = ProviderHost.bearer(profile.name(), profile.baseUrl())
                .example(
                        azure
                                ? "https://<resource>.openai.azure.com"
                                : "the address that /chat/completions is appended to");
        return switch (profile.key()) {
            case BEARER -> host;
            case OPTIONAL_BEARER -> host.keyOptional();
            case API_KEY_HEADER -> host.header("api-key");
        };
    }
}
