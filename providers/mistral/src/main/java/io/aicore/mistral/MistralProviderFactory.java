package io.aicore.mistral;

import io.aicore.llm.BearerHost;
import io.aicore.llm.LlmConfig;
import io.aicore.llm.LlmProvider;
import io.aicore.llm.LlmProviderFactory;
import io.aicore.llm.Protocol;
import io.aicore.llm.WireProvider;
import io.aicore.llm.codec.ThinkBlocks;
import io.aicore.llm.codec.failure.ErrorClassifier;
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

    private static final BearerHost HOST = new BearerHost("mistral", "https://api.mistral.ai/v1");

    /** For {@link java.util.ServiceLoader}. */
    public MistralProviderFactory() {}

    @Override
    public Set<String> names() {
        return Set.of(HOST.name());
    }

    @Override
    public LlmProvider create(LlmConfig config) {
        HOST.refuseOptions(config, Set.of(ThinkBlocks.OPTION));
        Map<String, String> headers = HOST.keyHeader(config);
        Protocol protocol = Protocol.NONE
                .chat(ThinkBlocks.in(
                        new MistralCodec(HOST.name(), headers),
                        new ErrorClassifier(HOST.name()),
                        config.options(),
                        request -> true))
                .embeddings(new MistralEmbeddings(HOST.name(), headers));
        return WireProvider.create(config, HOST.name(), HOST.baseUrl(config), protocol);
    }
}
