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
 * Makes providers that speak OpenAI's chat completions: {@code openai}, {@code azure-openai}, {@code groq},
 * {@code deepseek}, {@code xai}, {@code nvidia}, {@code openrouter}, {@code zai}, {@code together}, {@code fireworks}, {@code
 * cerebras}, {@code ollama-openai}, {@code vllm}, {@code llamacpp}, and {@code openai-compatible} for any other address. Vectors
 * come from those of them that have an OpenAI endpoint for it (not from groq, deepseek, xai, zai and cerebras), and
 * from {@code voyage}, which has nothing else.
 *
 * <p>The base URL is what {@code /chat/completions} is appended to, {@code /v1} and the like included. Options: {@code
 * api_version}, {@code deployment} and {@code embedding_deployment} (Azure), {@code stream_usage} (true or false: ask a
 * stream for its usage), {@code max_tokens_field} (max_tokens or max_completion_tokens), {@code terminator} (optional or
 * required, default optional: whether a stream with a finish reason and a good end of the body must also have {@code [DONE]}),
 * {@code max_inputs} (how many texts one request for vectors may hold), {@code json_schema} (native or prompt: where the schema of a typed answer goes), {@code think_blocks} (reasoning or
 * text: what a {@code <think>} block before the answer is; default: text at openai and azure-openai, reasoning elsewhere, see
 * {@link ThinkBlocks}). Of several choices ({@code n}) the first is the answer.
 *
 * <p>An answer's extra fields hold what else came, under the hosts' names: {@code annotations}, {@code citations}, {@code
 * search_results}, {@code images}, {@code audio}, {@code content} (parts that are no words), {@code logprobs}, {@code choices} (those
 * after the first), {@code service_tier}, {@code moderation} and a few more. A picture or a sound is an answer. Of these only
 * {@code reasoning_details} and the id of {@code audio} go back with {@code completion.message()}. Z.AI's models know an effort of low,
 * high and max from GLM 5.2 on, before it on and off alone; the warnings of the answer say what was sent instead.
 *
 * <p>Files: sounds are {@code input_audio}, by their bytes; documents {@code file}, by their bytes, and at hosts other than
 * OpenAI, Azure, Groq, xAI and Cerebras also by address; films {@code video_url} at these. The Responses API takes documents
 * ({@code input_file}).
 *
 * <p><b>Responses API.</b> With the option {@code api} set to {@code responses} (default: {@code chat}), completions are
 * asked for by {@code /responses}: at openai, azure-openai, deepseek, xai, openrouter, ollama-openai, vllm and openai-compatible. It
 * has neither stop texts nor a seed, which are refused. An answer is not stored ({@code store: false}, where the provider's
 * own default would keep it for weeks); instead the encrypted thoughts of OpenAI's reasoning models are asked for and handed
 * back with {@link io.aicore.llm.chat.Completion#message()}. Other models that can do so are asked with {@code include} in
 * the request's extra fields, and {@code store} there has the last word. The options for streams and the token limit have no
 * effect.
 *
 * <p>With {@code background: true} in the extra fields, the provider stores the answer and works on it whoever is connected.
 * It is asked for every 2 s within the attempt timeout; a stream that breaks is taken up where it broke, also after content.
 * A retry then goes on with the same answer, which is paid once. Leaving a call sends nothing: the answer goes on at the
 * provider, and is paid. A stream must still show life and bring content in time ({@code firstTokenTimeout},
 * {@code firstContentTimeout}).
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
