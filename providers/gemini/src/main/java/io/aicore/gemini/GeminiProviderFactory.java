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
 * Makes providers that speak Google's {@code generateContent}: {@code gemini} (the Gemini API, with a key) and {@code
 * vertex} (Vertex AI, with access tokens from an authorizer: {@link io.aicore.google.GoogleTokens} has sources of them. A
 * token may also stand in the key's place; it is then sent as it is and not renewed, so it lasts about an hour).
 *
 * <p>The base URL is what {@code /models/…} is appended to, {@code /v1beta} included. Options of Vertex, for a base URL
 * without a path or for none: {@code project}, {@code location} (default {@code global}) and {@code api_version} (default
 * {@code v1}). Of several candidates the first is the answer. Its
 * extra fields hold pictures and code ({@code parts}), {@code groundingMetadata}, {@code citationMetadata}, {@code
 * urlContextMetadata}, {@code safetyRatings}, {@code logprobsResult}, further {@code candidates} and the tier. Function calls that Vertex streams in pieces
 * (extra field {@code toolConfig.functionCallingConfig.streamFunctionCallArguments}) are told when they are whole.
 *
 * <p>Files of any type go along as {@code inlineData}, or by address as {@code fileData}. A tool's result may hold images and
 * files by their bytes, for models from Gemini 3 on. Tools that Google runs ({@code googleSearch}) go out after the functions.
 *
 * <p>Embeddings: 100 texts a request on the Gemini API; on Vertex one for models named gemini, 250 for others. A purpose
 * becomes the task type, which gemini-embedding-2 ignores: there the task belongs into the text. Vectors shortened by
 * {@code dimensions} come without the length of 1 that whole ones have, and are given it. Extra fields are those of one
 * text's request on the Gemini API ({@code title}), of the whole body on Vertex ({@code parameters}; what is too long for a
 * model is cut by Vertex unless {@code autoTruncate} there is false).
 *
 * <p>Tokens are counted by the API: on the Gemini API of all that would be sent, on Vertex of contents, system
 * instruction, tools and generation settings, which is what it takes.
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
