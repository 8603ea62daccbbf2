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
 * Makes the provider {@code mistral}, which speaks Mistral's chat completions and embeddings.
 *
 * <p>The base URL is what {@code /chat/completions} and {@code /embeddings} are appended to, {@code /v1} included. The
 * one option is {@code think_blocks} (reasoning, the default, or text), see {@link ThinkBlocks}. A header of one's own named {@code authorization} takes the place of the key.
 *
 * <p>How requests go out: a seed is {@code random_seed}. A reasoning effort, of which the API knows high and none, is {@code reasoning_effort}, any
 * other is refused; for Magistral models,
 * which always think, any but none is {@code prompt_mode: reasoning}. Ids of tool calls must be nine letters or digits:
 * those of a conversation that began elsewhere are replaced by such ids, the same always by the same. An answer with
 * chunks other than text (thinking, references) has them all in its extra field {@code mistral_content}, and {@code
 * completion.message()} sends them back. A message's extra fields may have {@code prefix} (an assistant's turn to go on
 * with) and {@code name} (the tool of a result); the request's stand for fields of the API, as {@code safe_prompt}, {@code
 * prompt_mode} or {@code prompt_cache_key}. Of several choices ({@code n}) the first is the
 * answer; a plain one has the others in its extra field {@code choices}.
 *
 * <p>Files: sounds are {@code input_audio}, documents {@code document_url}, by bytes or address; films are refused.
 *
 * <p>Embeddings: at most 128 texts go out in one request, and one that has too many tokens is halved. The length of the
 * vectors is {@code output_dimension}; the purpose has no word, and is not sent.
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
