package io.aicore.bedrock;

import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.codec.ChatCodec;
import io.aicore.llm.codec.JsonAnswer;
import io.aicore.llm.codec.JsonRequests;
import io.aicore.llm.codec.MessageExtras;
import io.aicore.llm.codec.StreamDecoder;
import io.aicore.llm.codec.failure.ErrorClassifier;
import io.aicore.llm.codec.wire.StreamFormat;
import io.aicore.llm.codec.wire.WireRequest;
import io.aicore.llm.codec.wire.WireResponse;
import io.aicore.llm.error.LlmException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Bedrock's {@code Converse} and {@code ConverseStream}. */
final class BedrockCodec implements ChatCodec {

    private static final StreamFormat FORMAT = new EventStream();
    private static final String UNRESERVED = "-_.~";

    private final ErrorClassifier errors;
    private final JsonRequests plain;
    private final JsonRequests streaming;

    /** @param headers sent with every request, a key's among them */
    BedrockCodec(String name, Map<String, String> headers) {
        this.errors = new ErrorClassifier(name);
        this.plain = new JsonRequests(name, headers);
        Map<String, String> accepting = new LinkedHashMap<>(headers);
        accepting.put("accept", EventStream.MEDIA_TYPE);
        this.streaming = new JsonRequests(name, accepting);
    }

    @Override
    public WireRequest encode(CompletionRequest request, boolean stream) {
        String path = "/model/" + segment(request.model()) + (stream ? "/converse-stream" : "/converse");
        return (stream ? streaming : plain).post(path, request.model(), io.aicore.llm.codec.JsonRequests.accept(stream), () -> RequestEncoder.body(request));
    }

    /** One segment of a path: ids of models have colons, those of profiles slashes as well, and both must be escaped. */
    private static String segment(@Nullable String model) {
        StringBuilder segment = new StringBuilder();
        for (byte b : String.valueOf(model).getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            boolean plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            if (plain || UNRESERVED.indexOf(c) >= 0) {
                segment.append(c);
            } else {
                segment.append('%')
                        .append(Character.toUpperCase(Character.forDigit(c >> 4, 16)))
                        .append(Character.toUpperCase(Character.forDigit(c & 0xf, 16)));
            }
        }
        return segment.toString();
    }

    @Override
    public List<String> warnings(CompletionRequest request) {
        return MessageExtras.unsent(request, Set.of("cachePoint", "status"));
    }

    @Override
    public Completion decode(CompletionRequest request, WireResponse response) {
        return new CompletionDecoder(new JsonAnswer(errors, request.model(), response)).decode();
    }

    @Override
    public StreamFormat streamFormat() {
        return FORMAT;
    }

    @Override
    public StreamDecoder streamDecoder(CompletionRequest request, WireResponse head) {
        return new BedrockStreamDecoder(new JsonAnswer(errors, request.model(), head));
    }

    @Override
    public LlmException classify(CompletionRequest request, WireResponse response) {
        return Failures.response(errors, request.model(), response);
    }

    @Override
    public String toString() {
        return "BedrockCodec[" + errors.provider() + "]";
    }
}
