package io.aicore.anthropic;

import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.codec.ChatCodec;
import io.aicore.llm.codec.ErrorClassifier;
import io.aicore.llm.codec.Json;
import io.aicore.llm.codec.MalformedJsonException;
import io.aicore.llm.codec.StreamDecoder;
import io.aicore.llm.codec.WireRequest;
import io.aicore.llm.codec.WireResponse;
import io.aicore.llm.error.ErrorCategory;
import io.aicore.llm.error.ErrorDetails;
import io.aicore.llm.error.InvalidRequestException;
import io.aicore.llm.error.LlmException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Anthropic's Messages API. */
final class AnthropicCodec implements ChatCodec {

    private final String path;
    private final Map<String, String> headers;
    private final ErrorClassifier errors;
    private final RequestEncoder encoder;

    /**
     * @param name the provider's configured name
     * @param apiVersion which fields there are; sent as one of the headers
     * @param path appended to the base URL
     * @param headers sent with every request, the key's among them
     */
    AnthropicCodec(String name, String apiVersion, String path, Map<String, String> headers) {
        this.path = path;
        this.headers = Map.copyOf(headers);
        this.errors = new ErrorClassifier(name);
        this.encoder = new RequestEncoder(apiVersion);
    }

    @Override
    public WireRequest encode(CompletionRequest request, boolean stream) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("content-type", "application/json");
        all.put("accept", stream ? "text/event-stream" : "application/json");
        all.putAll(headers);
        try {
            return WireRequest.post(path, all, Json.write(encoder.body(request, stream)));
        } catch (MalformedJsonException e) {
            throw refused(request, "the request cannot be written as JSON: look at its schemas and extra fields", e);
        } catch (NotOnTheWireException e) {
            throw refused(request, e.why(), e);
        }
    }

    private InvalidRequestException refused(CompletionRequest request, String why, RuntimeException cause) {
        return new InvalidRequestException(
                ErrorDetails.of(errors.provider(), ErrorCategory.INVALID_REQUEST, false, why)
                        .model(request.model()),
                cause);
    }

    @Override
    public Completion decode(CompletionRequest request, WireResponse response) {
        return new CompletionDecoder(errors, request.model(), response).decode();
    }

    @Override
    public StreamDecoder streamDecoder(CompletionRequest request, WireResponse head) {
        return new AnthropicStreamDecoder(errors, request.model(), head);
    }

    @Override
    public LlmException classify(CompletionRequest request, WireResponse response) {
        return errors.response(request.model(), response);
    }

    @Override
    public String toString() {
        return "AnthropicCodec[" + errors.provider() + ", " + path + "]";
    }
}
