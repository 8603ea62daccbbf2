package io.aicore.bedrock;

import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.chat.Role;
import io.aicore.llm.codec.JsonAnswer;
import io.aicore.llm.codec.JsonChatCodec;
import io.aicore.llm.codec.JsonEndpoint;
import io.aicore.llm.codec.RequestWarnings;
import io.aicore.llm.codec.StreamDecoder;
import io.aicore.llm.codec.wire.StreamFormat;
import io.aicore.llm.codec.wire.WireRequest;
import io.aicore.llm.codec.wire.WireResponse;
import io.aicore.llm.error.LlmException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Bedrock's {@code Converse} and {@code ConverseStream}. */
final class BedrockCodec extends JsonChatCodec {

    private static final StreamFormat FORMAT = new EventStream();

    /**
     * @param name the provider's configured name
     * @param headers sent with every request, a key's among them
     */
    BedrockCodec(String name, Map<String, String> headers) {
        super(JsonEndpoint.of(name, "/model/" + JsonEndpoint.MODEL, headers));
    }

    @Override
    protected String accept(boolean stream) {
        return stream ? EventStream.MEDIA_TYPE : super.accept(false);
    }

    @Override
    public WireRequest encode(CompletionRequest request, boolean stream) {
        String path = endpoint().path() + (stream ? "/converse-stream" : "/converse");
        return endpoint().path(path).post(request.model(), accept(stream), () -> body(request, stream));
    }

    @Override
    protected Map<String, Object> body(CompletionRequest request, boolean stream) {
        return RequestEncoder.body(request);
    }

    @Override
    public List<String> warnings(CompletionRequest request) {
        Set<Role> results = Set.of(Role.TOOL);
        return new RequestWarnings(request, Map.of("status", results, "is_error", results), Set.of("cachePoint"))
                .withoutImageDetail()
                .withoutSeed()
                .list();
    }

    @Override
    protected Completion read(JsonAnswer answer) {
        return new CompletionDecoder(answer).decode();
    }

    @Override
    public StreamFormat streamFormat() {
        return FORMAT;
    }

    @Override
    protected StreamDecoder reader(JsonAnswer answer) {
        return new BedrockStreamDecoder(answer);
    }

    @Override
    public LlmException classify(CompletionRequest request, WireResponse response) {
        return Failures.response(endpoint().errors(), request.model(), response);
    }
}
