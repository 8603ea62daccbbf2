package io.aicore.openai;

import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.chat.CompletionRequestBuilder;
import io.aicore.llm.codec.JsonEndpoint;
import io.aicore.llm.codec.StreamDecoder;
import io.aicore.llm.codec.completions.ChatCompletions;
import io.aicore.llm.codec.json.Json;
import io.aicore.llm.codec.json.JsonFields;
import io.aicore.llm.codec.wire.WireResponse;
import io.aicore.testkit.CodecBench;
import java.util.Map;
import java.util.Objects;

/** What the tests of the protocol share: a codec per host, answers and streams written as they come. */
abstract class Fixtures extends CodecBench {

    static final CompletionRequest REQUEST =
            CompletionRequest.builder().model("m-1").user("hello").build();
    private static final Map<String, String> HEADERS = Map.of("x-request-id", "req-7");

    Fixtures() {
        super(codec("openai"), REQUEST, HEADERS);
    }

    static WireResponse response(int status, String body) {
        return response(status, HEADERS, body);
    }

    @Override
    protected String terminator() {
        return "[DONE]";
    }

    static ChatCompletions codec(String host) {
        Dialect dialect = Hosts.named(host).dialect();
        return new ChatCompletions(
                JsonEndpoint.of(host, "/chat/completions", Map.of()), Objects.requireNonNull(dialect));
    }

    static ChatCompletions codec() {
        return codec("openai");
    }

    /** An answer with this message and this reason. */
    static String answer(String message, String reason) {
        return "{\"id\":\"cmpl-1\",\"model\":\"m-1-dated\",\"choices\":[{\"index\":0,\"finish_reason\":" + reason
                + ",\"message\":" + message
                + "}],\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":4,\"total_tokens\":13}}";
    }

    /** A stream's chunk with this delta. */
    static String delta(String delta) {
        return "{\"id\":\"cmpl-1\",\"model\":\"m-1-dated\",\"choices\":[{\"index\":0,\"delta\":" + delta
                + ",\"finish_reason\":null}],\"usage\":null}";
    }

    /** A stream's chunk with this reason. */
    static String finish(String reason) {
        return "{\"id\":\"cmpl-1\",\"model\":\"m-1-dated\",\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\""
                + reason + "\"}]}";
    }

    static StreamDecoder decoder(String host) {
        return codec(host).streamDecoder(REQUEST, response(200, ""));
    }

    static JsonFields encode(String host, CompletionRequest request, boolean stream) {
        return Json.read(codec(host).encode(request, stream).body());
    }

    static JsonFields encode(String host, CompletionRequestBuilder request) {
        return encode(host, request.build(), false);
    }
}
