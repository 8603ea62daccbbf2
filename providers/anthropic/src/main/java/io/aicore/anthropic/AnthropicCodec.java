package io.aicore.anthropic;

import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.chat.ResponseFormat;
import io.aicore.llm.codec.ChatCodec;
import io.aicore.llm.codec.MessageExtras;
import io.aicore.llm.codec.StreamDecoder;
import io.aicore.llm.codec.failure.ErrorClassifier;
import io.aicore.llm.codec.wire.WireRequest;
import io.aicore.llm.codec.wire.WireResponse;
import io.aicore.llm.error.LlmException;
import java.util.List;
import java.util.Set;

/** Anthropic's Messages API. */
final class AnthropicCodec implements ChatCodec {

    private final String path;
    private final Envelope envelope;
    private final ErrorClassifier errors;
    private final RequestEncoder encoder;

    /** @param path appended to the base URL */
    AnthropicCodec(Envelope envelope, RequestEncoder encoder, String path) {
        this.path = path;
        this.envelope = envelope;
        this.errors = envelope.errors();
        this.encoder = encoder;
    }

    @Override
    public WireRequest encode(CompletionRequest request, boolean stream) {
        String accept = stream ? "text/event-stream" : "application/json";
        return envelope.post(path, accept, request, asked -> encoder.body(asked, stream));
    }

    @Override
    public List<String> warnings(CompletionRequest request) {
        return MessageExtras.unsent(request, Set.of("cache_control", "is_error"));
    }

    @Override
    public Completion decode(CompletionRequest request, WireResponse response) {
        return new CompletionDecoder(errors, request.model(), response).decode();
    }

    /** Claude takes schemas since 4.5, and those alone in which no object is open. */
    @Override
    public boolean nativeJsonSchema(CompletionRequest request) {
        return request.responseFormat() instanceof ResponseFormat.JsonSchema wanted
                && wanted.strict()
                && ModelAge.takesSchemas(request.model());
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
