package io.aicore.openai;

import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.CompletionChunk;
import io.aicore.llm.chat.CompletionFold;
import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.chat.CompletionRequestBuilder;
import io.aicore.llm.codec.JsonEndpoint;
import io.aicore.llm.codec.StreamDecoder;
import io.aicore.llm.codec.completions.ChatCompletions;
import io.aicore.llm.codec.json.Json;
import io.aicore.llm.codec.json.JsonFields;
import io.aicore.llm.codec.wire.WireEvent;
import io.aicore.llm.codec.wire.WireHeaders;
import io.aicore.llm.codec.wire.WireResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What the tests of the protocol share: a codec per host, answers and streams written as they come. */
final class Fixtures {

    static final CompletionRequest REQUEST =
            CompletionRequest.builder().model("m-1").user("hello").build();

    private Fixtures() {}

    static ChatCompletions codec(String host) {
        Dialect dialect = Hosts.named(host).dialect();
        return new ChatCompletions(
                JsonEndpoint.of(host, "/chat/completions", Map.of()), Objects.requireNonNull(dialect));
    }

    static ChatCompletions codec() {
        return codec("openai");
    }

    static WireResponse response(int status, String body) {
        return response(status, Map.of("x-request-id", "req-7"), body);
    }

    static WireResponse response(int status, Map<String, String> headers, String body) {
        return new WireResponse(
                status,
                WireHeaders.of(headers),
                body.getBytes(StandardCharsets.UTF_8),
                Instant.parse("2026-03-01T12:00:00Z"));
    }

    static Completion decode(String body) {
        return codec().decode(REQUEST, response(200, body));
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

    /** The chunks of these events, without the end of the connection. */
    static List<CompletionChunk> feed(StreamDecoder decoder, String... events) {
        List<CompletionChunk> chunks = new ArrayList<>();
        for (String event : events) {
            byte[] data = event.getBytes(StandardCharsets.UTF_8);
            chunks.addAll(decoder.decode(WireEvent.of(null, data, 0, data.length)));
        }
        return chunks;
    }

    /** The answer that a whole stream of these events and {@code [DONE]} adds up to. */
    static Completion stream(String... events) {
        StreamDecoder decoder = decoder("openai");
        CompletionFold fold = new CompletionFold();
        feed(decoder, events).forEach(fold::add);
        feed(decoder, "[DONE]").forEach(fold::add);
        decoder.end().forEach(fold::add);
        return fold.completion();
    }

    static JsonFields encode(String host, CompletionRequest request, boolean stream) {
        return Json.read(codec(host).encode(request, stream).body());
    }

    static JsonFields encode(String host, CompletionRequestBuilder request) {
        return encode(host, request.build(), false);
    }
}
