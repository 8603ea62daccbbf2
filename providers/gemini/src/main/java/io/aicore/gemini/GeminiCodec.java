package io.aicore.gemini;

import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.codec.ChatCodec;
import io.aicore.llm.codec.ErrorClassifier;
import io.aicore.llm.codec.Json;
import io.aicore.llm.codec.MalformedJsonException;
import io.aicore.llm.codec.StreamDecoder;
import io.aicore.llm.codec.WireRequest;
import io.aicore.llm.codec.WireResponse;
import io.aicore.llm.error.LlmException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * {@code generateContent} and {@code streamGenerateContent}. Of an answer with several candidates (a request with {@code
 * candidateCount} in its extra fields) only the one with index 0 is read.
 */
final class GeminiCodec implements ChatCodec {

    private static final String MODELS = "models/";
    private static final String TUNED = "tunedModels/";
    private static final Pattern TAKES_SCHEMAS = Pattern.compile("(models/)?gemini-(?!1[.-]).*");

    private final ErrorClassifier errors;
    private final String path;
    private final Map<String, String> headers;

    /**
     * @param name the provider's configured name
     * @param path appended to the base URL, before {@code /models/…}
     * @param headers sent with every request, the key's among them: it is never part of an address
     */
    GeminiCodec(String name, String path, Map<String, String> headers) {
        this.errors = new ErrorClassifier(name);
        this.path = path;
        this.headers = Map.copyOf(headers);
    }

    @Override
    public WireRequest encode(CompletionRequest request, boolean stream) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("content-type", "application/json");
        all.put("accept", stream ? "text/event-stream" : "application/json");
        all.putAll(headers);
        String method = stream ? ":streamGenerateContent?alt=sse" : ":generateContent";
        String target = path + model(request.model() == null ? "" : request.model()) + method;
        try {
            return WireRequest.post(target, all, Json.write(new RequestEncoder(errors.provider()).body(request)));
        } catch (MalformedJsonException e) {
            String why = "the request cannot be written as JSON: look at its schemas and extra fields";
            throw RequestEncoder.invalid(errors.provider(), request, why, e);
        }
    }

    @Override
    public Completion decode(CompletionRequest request, WireResponse response) {
        return new AnswerDecoder(failures(request, response)).decode();
    }

    /** Gemini takes schemas since 2.0, but not together with tools; other models on these hosts take none. */
    @Override
    public boolean nativeJsonSchema(CompletionRequest request) {
        String model = request.model() == null ? "" : request.model();
        return request.tools().tools().isEmpty() && TAKES_SCHEMAS.matcher(model).matches();
    }

    @Override
    public StreamDecoder streamDecoder(CompletionRequest request, WireResponse head) {
        return new GeminiStreamDecoder(failures(request, head));
    }

    @Override
    public LlmException classify(CompletionRequest request, WireResponse response) {
        return errors.response(request.model(), response);
    }

    @Override
    public String toString() {
        return "GeminiCodec[" + errors.provider() + ", " + path + "]";
    }

    private Failures failures(CompletionRequest request, WireResponse response) {
        return new Failures(errors, request.model(), response);
    }

    /** Models are listed as {@code models/…}; with this prefix or without it, they are asked for by the same path. */
    private static String model(String name) {
        if (name.startsWith(TUNED)) {
            return "/" + TUNED + encode(name.substring(TUNED.length()));
        }
        return "/" + MODELS + encode(name.startsWith(MODELS) ? name.substring(MODELS.length()) : name);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
