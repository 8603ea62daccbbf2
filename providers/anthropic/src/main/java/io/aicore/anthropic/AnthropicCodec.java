package io.aicore.anthropic;

import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.chat.ResponseFormat;
import io.aicore.llm.codec.JsonAnswer;
import io.aicore.llm.codec.JsonChatCodec;
import io.aicore.llm.codec.JsonEndpoint;
import io.aicore.llm.codec.StreamDecoder;
import io.aicore.llm.codec.wire.WireRequest;
import java.util.List;
import java.util.Map;

/** Anthropic's Messages API. */
final class AnthropicCodec extends JsonChatCodec {

    private final RequestEncoder encoder;

    AnthropicCodec(JsonEndpoint endpoint, RequestEncoder encoder) {
        super(endpoint);
        this.encoder = encoder;
    }

    @Override
    public WireRequest encode(CompletionRequest request, boolean stream) {
        return Betas.header(super.encode(request, stream), request);
    }

    @Override
    protected Map<String, Object> body(CompletionRequest request, boolean stream) {
        return encoder.body(request, stream);
    }

    @Override
    public List<String> warnings(CompletionRequest request) {
        return encoder.warnings(request);
    }

    /** Claude takes schemas since 4.5, and those alone in which no object is open. */
    @Override
    public boolean nativeJsonSchema(CompletionRequest request) {
        return request.responseFormat() instanceof ResponseFormat.JsonSchema wanted
                && wanted.strict()
                && ModelAge.takesSchemas(request.model());
    }

    @Override
    protected Completion read(JsonAnswer answer) {
        return new CompletionDecoder(answer).decode();
    }

    @Override
    protected StreamDecoder reader(JsonAnswer answer) {
        return new AnthropicStreamDecoder(answer);
    }
}
