package io.aicore.gemini;

import io.aicore.llm.LlmConfig;
import io.aicore.llm.LlmProvider;
import io.aicore.llm.LlmProviderFactory;
import io.aicore.llm.Protocol;
import io.aicore.llm.ProviderHost;
import io.aicore.llm.WireProvider;
import io.aicore.llm.codec.JsonEndpoint;
import java.util.Map;
import java.util.Set;

/**
 * Creates providers for Google's {@code generateContent}: {@code gemini} (the Gemini API, with a key) and
 * {@code vertex} (Vertex AI, with access tokens from an authorizer, see {@link io.aicore.google.GoogleTokens}. A token
 * may also be set as the key; it is sent as it is and not renewed, so it lasts about an hour).
 *
 * <p><b>Configuration.</b> {@code /models/…} is appended to the base URL, which includes {@code /v1beta}. Options of
 * Vertex, for a base URL without a path or for none: {@code project}, {@code location} (default {@code global}) and
 * {@code api_version} (default {@code v1}).
 *
 * <p><b>Answers.</b> Of several candidates the first is the answer. Its extra fields contain images and code
 * ({@code parts}), {@code groundingMetadata}, {@code citationMetadata}, {@code urlContextMetadata},
 * {@code safetyRatings}, {@code logprobsResult}, further {@code candidates} and the tier. Function calls that Vertex
 * streams in pieces (extra field {@code toolConfig.functionCallingConfig.streamFunctionCallArguments}) are emitted when
 * complete.
 *
 * <p><b>Files.</b> Files of any type are sent as {@code inlineData}, or by address as {@code fileData}. A tool's result
 * may contain images and files by content, for Gemini 3 and later. Tools that Google runs ({@code googleSearch}) are
 * sent after the functions.
 *
 * <p><b>Embeddings.</b> 100 texts per request on the Gemini API; on Vertex one for models named gemini, 250 for others.
 * A purpose becomes the task type, which gemini-embedding-2 ignores: there the task belongs in the text. Embeddings
 * shortened by {@code dimensions} are not normalized by the API, and are normalized here. Extra fields are those of one
 * text's request on the Gemini API ({@code title}), of the whole body on Vertex ({@code parameters}; Vertex truncates a
 * text that is too long unless {@code autoTruncate} there is false).
 *
 * <p><b>Token counts.</b> The API counts: on the Gemini API everything that would be sent, on Vertex contents, system
 * instruction, tools and generation settings, which is what it accepts.
 */
public final class GeminiProviderFactory implements LlmProviderFactory {

    private static final String[] VERTEX_OPTIONS = {"project", "location", "api_version"};
    private static final String[] NO_OPTIONS = {};
    private static final String TOKEN =
            "an access token for provider vertex, as gcloud auth print-access-token gives it,"
                    + " here, in VERTEX_API_KEY";
    private static final String KEY = "the key for provider gemini, here, in GEMINI_API_KEY or GOOGLE_API_KEY";

    /** For {@link java.util.ServiceLoader}. */
    public GeminiProviderFactory() {}

    @Override
    public Set<String> names() {
        return Set.of(Endpoint.GEMINI, Endpoint.VERTEX);
    }

    @Override
    public LlmProvider create(LlmConfig config) {
        String name = config.provider();
        boolean vertex = name.equals(Endpoint.VERTEX);
        ProviderHost.refuseOptions(config, vertex ? VERTEX_OPTIONS : NO_OPTIONS);
        Endpoint endpoint = Endpoint.of(name, config.baseUrl(), config.options());
        Map<String, String> key = vertex
                ? ProviderHost.bearer(name, Endpoint.VERTEX_ADDRESS).keyHeader(config, TOKEN)
                : ProviderHost.bearer(name, Endpoint.PUBLIC)
                        .header("x-goog-api-key")
                        .keyHeader(config, KEY);
        JsonEndpoint api = JsonEndpoint.of(name, endpoint.path(), key);
        Protocol protocol = Protocol.NONE
                .chat(new GeminiCodec(api))
                .embeddings(vertex ? new VertexEmbeddings(api) : new GeminiEmbeddings(api))
                .tokenCount(new CountingCodec(api, vertex));
        return WireProvider.create(config, name, endpoint.baseUrl(), protocol);
    }
}
