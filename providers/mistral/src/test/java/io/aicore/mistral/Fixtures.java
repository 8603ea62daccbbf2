package io.aicore.mistral;

import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.CompletionChunk;
import io.aicore.llm.chat.CompletionFold;
import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.chat.CompletionRequestBuilder;
import io.aicore.llm.codec.ChatCodec;
import io.aicore.llm.codec.StreamDecoder;
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

/** What the tests of the protocol share: answers and streams written as they come. */
final class Fixtures {

    static final CompletionRequest REQUEST =
            CompletionRequest.builder().model("m-1").user("hello").build();

    private Fixtures() {}

    static ChatCodec codec() {
        return MistralProviderFactory.chat(Map.of("authorization", "Bearer k-1"));
    }

    static JsonFields encode(CompletionRequestBuilder request) {
        return encode(request.build(), false);
    }

    static JsonFields encode(CompletionRequest request, boolean stream) {
        return Json.read(codec().encode(request, stream).body());
    }

    static WireResponse response(int status, String body) {
        return new WireResponse(
                status,
                WireHeaders.of(Map.of("mistral-correlation-id", "req-7")),
                body.getBytes(StandardCharsets.UTF_8),
                Instant.parse("2026-03-01T12:00:00Z"));
    }

    static Completion decode(String body) {
        return codec().decode(REQUEST, response(200, body));
    }

    /** An answer with this message and this reason. */
    static String answer(String message, String reason) {
        return "{\"id\":\"cmpl-1\",\"object\":\"chat.completion\",\"model\":\"m-1-dated\",\"usage\":" + usage()
                + ",\"choices\":[{\"index\":0,\"finish_reason\":" + reason + ",\"message\":" + message + "}]}";
    }

    static String usage() {
        return "{\"prompt_tokens\":9,\"total_tokens\":13,\"completion_tokens\":4,"
                + "\"prompt_tokens_details\":{\"cached_tokens\":2},\"request_count\":null}";
    }

    static String thinking(String text, boolean closed) {
        return "{\"type\":\"thinking\",\"thinking\":[{\"type\":\"text\",\"text\":\"" + text + "\"}]"
                + (closed ? ",\"closed\":true}" : "}");
    }

    /** The chunk of {@link #thinking} that an answer keeps. */
    static Map<String, Object> thought(String text) {
        return Map.of("type", "thinking", "thinking", List.of(Map.of("type", "text", "text", text)), "closed", true);
    }

    /** A stream's chunk with this delta. */
    static String delta(String delta) {
        return chunk(delta, "null", "");
    }

    /** A stream's last chunk, with this delta and this reason, and with the usage. */
    static String last(String delta, String reason) {
        return chunk(delta, "\"" + reason + "\"", ",\"usage\":" + usage());
    }

    private static String chunk(String delta, String reason, String more) {
        return "{\"id\":\"cmpl-1\",\"object\":\"chat.completion.chunk\",\"model\":\"m-1-dated\",\"choices\":["
                + "{\"index\":0,\"delta\":" + delta + ",\"finish_reason\":" + reason + "}]" + more
                + ",\"p\":\"abcdef\"}";
    }

    /** The events of an answer in two pieces of text. */
    static String[] hello() {
        return new String[] {
            delta("{\"role\":\"assistant\",\"content\":\"\"}"),
            delta("{\"content\":\"Hel\"}"),
            last("{\"content\":\"lo\"}", "stop"),
            "[DONE]"
        };
    }

    static StreamDecoder decoder() {
        return codec().streamDecoder(REQUEST, response(200, ""));
    }

    /** The chunks of these events, without the end of the connection. */
    static List<CompletionChunk> feed(StreamDecoder decoder, String... events) {
        List<CompletionChunk> chunks = new ArrayList<>();
        for (String event : events) {
            chunks.addAll(decoder.decode(new WireEvent(null, event)));
        }
        return chunks;
    }

    /** The answer that a whole stream of these events and {@code [DONE]} adds up to. */
    static Completion stream(String... events) {
        StreamDecoder decoder = decoder();
        CompletionFold fold = new CompletionFold();
        feed(decoder, events).forEach(fold::add);
        feed(decoder, "[DONE]").forEach(fold::add);
        decoder.end().forEach(fold::add);
        return fold.completion();
    }
}
