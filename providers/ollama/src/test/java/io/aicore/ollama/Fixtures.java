package io.aicore.ollama;

import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.CompletionChunk;
import io.aicore.llm.chat.CompletionFold;
import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.chat.CompletionRequestBuilder;
import io.aicore.llm.codec.JsonEndpoint;
import io.aicore.llm.codec.StreamDecoder;
import io.aicore.llm.codec.json.Json;
import io.aicore.llm.codec.json.JsonFields;
import io.aicore.llm.codec.wire.WireEvent;
import io.aicore.llm.codec.wire.WireHeaders;
import io.aicore.llm.codec.wire.WireResponse;
import io.aicore.testserver.Script;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What the tests of the protocol share: answers and streams written as they come. */
final class Fixtures {

    static final CompletionRequest REQUEST =
            CompletionRequest.builder().model("llama3.2").user("hello").build();
    static final String CALL = "{\"function\":{\"name\":\"weather\",\"arguments\":{\"city\":\"Bern\"}}}";
    static final String COUNTS = "\"total_duration\":99,\"prompt_eval_count\":7,\"eval_count\":4";

    private Fixtures() {}

    static JsonEndpoint endpoint(String path) {
        return JsonEndpoint.of("ollama", path, Map.of());
    }

    static OllamaCodec codec() {
        return new OllamaCodec(endpoint("/api/chat"));
    }

    static JsonFields encode(CompletionRequestBuilder request) {
        return encode(request.build());
    }

    static JsonFields encode(CompletionRequest request) {
        return Json.read(codec().encode(request, false).body());
    }

    static WireResponse response(int status, String body) {
        return new WireResponse(
                status,
                WireHeaders.of(Map.of("x-request-id", "req_7")),
                body.getBytes(StandardCharsets.UTF_8),
                Instant.parse("2026-03-01T12:00:00Z"));
    }

    static Completion decode(String body) {
        return codec().decode(REQUEST, response(200, body));
    }

    /** A line of a stream, with these members of its message. */
    static String line(String message) {
        return line("2026-03-01T12:00:00.25Z", message);
    }

    static String line(String time, String message) {
        return "{\"model\":\"llama3.2:3b\",\"created_at\":\"" + time + "\",\"message\":{\"role\":\"assistant\","
                + message + "},\"done\":false}";
    }

    /** A plain answer, or the last line of a stream. */
    static String done(String message, String reason) {
        return line(message).replace("\"done\":false", "\"done\":true,\"done_reason\":\"" + reason + "\"," + COUNTS);
    }

    static String text(String text) {
        return "\"content\":\"" + text + "\"";
    }

    static String calls(String... calls) {
        return "\"content\":\"\",\"tool_calls\":[" + String.join(",", calls) + "]";
    }

    static String error(String text) {
        return "{\"error\":\"" + text + "\"}";
    }

    /** The lines of an answer in two pieces of text. */
    static String[] hello() {
        return new String[] {line(text("Hel")), line(text("lo")), done(text(""), "stop")};
    }

    static StreamDecoder decoder() {
        return codec().streamDecoder(REQUEST, response(200, ""));
    }

    static List<CompletionChunk> feed(StreamDecoder decoder, String... lines) {
        List<CompletionChunk> chunks = new ArrayList<>();
        for (String line : lines) {
            byte[] data = line.getBytes(StandardCharsets.UTF_8);
            chunks.addAll(decoder.decode(WireEvent.of(null, data, 0, data.length)));
        }
        return chunks;
    }

    /** The answer that a whole stream of these lines adds up to. */
    static Completion stream(String... lines) {
        StreamDecoder decoder = decoder();
        CompletionFold fold = new CompletionFold();
        feed(decoder, lines).forEach(fold::add);
        decoder.end().forEach(fold::add);
        return fold.completion();
    }

    /** A stream of these bytes, and its end in good order. */
    static Script streamed(byte[] wire) {
        return exchange -> {
            exchange.head(200, "content-type: application/x-ndjson", "transfer-encoding: chunked");
            exchange.chunk(wire);
            exchange.lastChunk();
        };
    }
}
