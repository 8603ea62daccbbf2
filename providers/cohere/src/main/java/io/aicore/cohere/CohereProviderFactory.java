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
 * Creates the provider {@code cohere} for version 2 of Cohere's API.
 *
 * <p><b>Configuration.</b> {@code /v2/chat} and {@code /v2/embed} are appended to the base URL; without {@code /v2} if
 * it ends with that. The only option is {@code think_blocks} (reasoning, the default, or text), see
 * {@link ThinkBlocks}. A configured header {@code authorization} replaces the key.
 *
 * <p><b>Requests.</b> top-p is {@code p}. A reasoning effort is {@code thinking} with a token budget, of at most half
 * of the token limit if there is one. If one tool is strict, {@code strict_tools} enforces the schemas of all tools.
 * The choice of one tool, which the API does not have, sends only this tool and requires a call;
 * {@code parallelToolCalls(false)} is rejected. The name and {@code strict} of a JSON schema are not sent. The
 * request's extra fields are fields of the API, such as {@code documents}, {@code citation_options} or
 * {@code safety_mode}; a tool result's {@code documents}, a list of objects, are sent with it as documents that can be
 * cited. Files other than images are rejected.
 *
 * <p><b>Answers.</b> A plan for tool calls is part of the reasoning. The answer's extra fields contain
 * {@code tool_plan}, {@code citations}, and {@code cohere_content} after thinking; {@code completion.message()} sends
 * them back. {@code billed_units} among them is what Cohere charges, while the usage counts all tokens, Cohere's own
 * prompt included; it is not sent back. Cohere's answers do not name the model: the requested one is used.
 *
 * <p><b>Embeddings.</b> At most 96 texts per request. The purpose is {@code input_type}, which is required: the default
 * is {@code search_document}; {@code SIMILARITY} is sent as {@code clustering}. The API truncates a text that is too
 * long unless the extra field {@code truncate} is {@code NONE}. With {@code embedding_types}, other number types are
 * converted to floats; of several types the first of float, int8, uint8, binary and ubinary is read.
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
        JsonEndpoint api = JsonEndpoint.of(CohereCodec.errors(HOST.name()), version + "/chat", HOST.keyHeader(config));
        Protocol protocol = Protocol.NONE
                .chat(ThinkBlocks.in(new CohereCodec(api), api.errors(), config.options(), request -> true))
                .embeddings(new CohereEmbeddings(api.path(version + "/embed")));
        return WireProvider.create(config, HOST.name(), baseUrl, protocol);
    }
}
