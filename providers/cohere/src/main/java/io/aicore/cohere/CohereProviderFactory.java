package io.aicore.cohere;

import io.aicore.llm.LlmConfig;
import io.aicore.llm.LlmProvider;
import io.aicore.llm.LlmProviderFactory;
import io.aicore.llm.Protocol;
import io.aicore.llm.ProviderHost;
import io.aicore.llm.WireProvider;
import io.aicore.llm.codec.JsonEndpoint;
import io.aicore.llm.codec.ThinkBlocks;
import java.net.URI;
import java.util.Set;

/**
 * Makes the provider {@code cohere}, which speaks version 2 of Cohere's API.
 *
 * <p>The base URL is what {@code /v2/chat} and {@code /v2/embed} are appended to; without {@code /v2} if it ends with
 * that. The one option is {@code think_blocks} (reasoning, the default,
 * or text), see {@link ThinkBlocks}. A header of one's own named {@code authorization} takes the place of the key.
 *
 * <p>How requests go out: top-p is {@code p}. A reasoning effort is {@code thinking} with a token budget, of at most half of the
 * answer's limit if one is said. If one tool asks to be strict, {@code strict_tools} holds all of them to their schemas. The
 * choice of one certain tool, for which the API has no word, sends this tool alone and requires a call; {@code
 * parallelToolCalls(false)} has no word either, and is refused. Of a JSON schema neither its name nor {@code strict} is
 * sent. The request's extra fields stand for fields of the API, as {@code documents}, {@code citation_options} or {@code
 * safety_mode}; a tool result's {@code documents}, a list of objects, go with it as documents that can be cited.
 * Files other than images are refused.
 *
 * <p>How answers come: a plan for tool calls is part of the reasoning. The answer's extra fields hold {@code tool_plan}, {@code
 * citations}, and {@code cohere_content} where there was thinking; {@code completion.message()} sends them back. {@code
 * billed_units} among them is what Cohere charges for, while the usage counts all tokens, Cohere's own prompt included;
 * it is not sent back. Cohere names no model in its answers: the one asked for stands in its place.
 *
 * <p>Embeddings: at most 96 texts go out in one request. The purpose is {@code input_type}, which is required: without one, texts
 * are {@code search_document}; texts compared with each other are {@code clustering}. A text that is too long is cut by the
 * API unless the extra field {@code truncate} is {@code NONE}. Other numbers than floats, by {@code embedding_types}, become
 * floats; of several types the first of float, int8, uint8, binary and ubinary is read.
 */
public final class CohereProviderFactory implements LlmProviderFactory {

    private static final ProviderHost HOST = ProviderHost.bearer("cohere", "https://api.cohere.com");

    /** For {@link java.util.ServiceLoader}. */
    public CohereProviderFactory() {}

    @Override
    public Set<String> names() {
        return Set.of(HOST.name());
    }

    @Override
    public LlmProvider create(LlmConfig config) {
        ProviderHost.refuseOptions(config, ThinkBlocks.OPTION);
        URI baseUrl = HOST.baseUrl(config);
        String version = baseUrl.getPath() != null && baseUrl.getPath().endsWith("/v2") ? "" : "/v2";
        JsonEndpoint api = JsonEndpoint.of(Failures.errors(HOST.name()), version + "/chat", HOST.keyHeader(config));
        Protocol protocol = Protocol.NONE
                .chat(ThinkBlocks.in(new CohereCodec(api), api.errors(), config.options(), request -> true))
                .embeddings(new CohereEmbeddings(api.path(version + "/embed")));
        return WireProvider.create(config, HOST.name(), baseUrl, protocol);
    }
}
