package io.aicore.mistral;

import io.aicore.llm.LlmConfig;
import io.aicore.llm.LlmProvider;
import io.aicore.llm.LlmProviderFactory;
import io.aicore.llm.Protocol;
import io.aicore.llm.ProviderHost;
import io.aicore.llm.WireProvider;
import io.aicore.llm.codec.ChatCodec;
import io.aicore.llm.codec.EmbeddingCodec;
import io.aicore.llm.codec.JsonEndpoint;
import io.aicore.llm.codec.ThinkBlocks;
import io.aicore.llm.codec.completions.ChatCompletions;
import io.aicore.llm.codec.completions.ChatDialect;
import io.aicore.llm.codec.completions.CommonEmbeddings;
import io.aicore.llm.codec.completions.EmbeddingDialect;
import io.aicore.llm.codec.failure.ErrorClassifier;
import io.aicore.llm.error.ErrorCategory;
import java.util.Map;
import java.util.Set;

/**
 * Creates the provider {@code mistral} for Mistral's chat completions and embeddings.
 *
 * <p><b>Configuration.</b> {@code /chat/completions} and {@code /embeddings} are appended to the base URL, which
 * includes {@code /v1}. The only option is {@code think_blocks} (reasoning, the default, or text), see
 * {@link ThinkBlocks}. A configured header {@code authorization} replaces the key.
 *
 * <p><b>Requests.</b> A seed is {@code random_seed}. A reasoning effort, of which the API supports high and none, is
 * {@code reasoning_effort}, any other is rejected; for Magistral models, which always think, any but none is
 * {@code prompt_mode: reasoning}. Ids of tool calls must be nine letters or digits: other ids of a conversation that
 * began with another provider are replaced, always by the same ones. An answer with chunks other than text (thinking,
 * references) has them all in its extra field {@code mistral_content}, and {@code completion.message()} sends them
 * back. A message's extra fields may contain {@code prefix} (an assistant message to continue) and {@code name} (the
 * tool of a result); the request's are fields of the API, such as {@code safe_prompt}, {@code prompt_mode} or
 * {@code prompt_cache_key}. Of several choices ({@code n}) the first is the answer; a plain one has the others in its
 * extra field {@code choices}.
 *
 * <p><b>Files.</b> Audio is sent as {@code input_audio}, documents as {@code document_url}, by content or address;
 * video is rejected.
 *
 * <p><b>Embeddings.</b> At most 128 texts per request; a request with too many tokens is halved. The number of
 * dimensions is {@code output_dimension}; a purpose is not supported and not sent.
 */
public final class MistralProviderFactory implements LlmProviderFactory {

    private static final ProviderHost HOST = ProviderHost.bearer("mistral", "https://api.mistral.ai/v1");
    private static final ChatDialect DIALECT = new MistralDialect();

    // The API takes 512 texts, and 16,384 tokens in all of them: so many texts of a paragraph each just fit.
    private static final EmbeddingDialect EMBEDDINGS =
            EmbeddingDialect.COMMON.maxInputs(128).dimensions("output_dimension");

    /** Too many texts, or too many tokens in all of them: "split into more batches". */
    private static final String TOO_MANY = "3210";

    /** For {@link java.util.ServiceLoader}. */
    public MistralProviderFactory() {}

    @Override
    public Set<String> names() {
        return Set.of(HOST.name());
    }

    @Override
    public LlmProvider create(LlmConfig config) {
        ProviderHost.refuseOptions(config, ThinkBlocks.OPTION);
        Map<String, String> key = HOST.keyHeader(config);
        ChatCodec chat = ThinkBlocks.in(chat(key), new ErrorClassifier(HOST.name()), config.options(), request -> true);
        return WireProvider.create(
                config,
                HOST.name(),
                HOST.baseUrl(config),
                Protocol.NONE.chat(chat).embeddings(embeddings(key)));
    }

    static ChatCodec chat(Map<String, String> key) {
        return new ChatCompletions(JsonEndpoint.of(HOST.name(), "/chat/completions", key), DIALECT);
    }

    static EmbeddingCodec embeddings(Map<String, String> key) {
        ErrorClassifier errors = new ErrorClassifier(HOST.name()).code(ErrorCategory.PAYLOAD_TOO_LARGE, TOO_MANY);
        return new CommonEmbeddings(JsonEndpoint.of(errors, "/embeddings", key), EMBEDDINGS, DIALECT);
    }
}
