package io.aicore.ollama;

import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.codec.JsonEndpoint;
import io.aicore.llm.codec.wire.WireResponse;
import io.aicore.testkit.CodecBench;
import io.aicore.testserver.Script;
import java.util.Map;

/** What the tests of the protocol share: answers and streams written as they come. */
abstract class Fixtures extends CodecBench {

    static final CompletionRequest REQUEST =
            CompletionRequest.builder().model("llama3.2").user("hello").build();
    private static final Map<String, String> HEADERS = Map.of("x-request-id", "req_7");
    static final String CALL = "{\"function\":{\"name\":\"weather\",\"arguments\":{\"city\":\"Bern\"}}}";
    static final String COUNTS = "\"total_duration\":99,\"prompt_eval_count\":7,\"eval_count\":4";

    Fixtures() {
        super(codec(), REQUEST, HEADERS);
    }

    static WireResponse response(int status, String body) {
        return response(status, HEADERS, body);
    }

    static JsonEndpoint endpoint(String path) {
        return JsonEndpoint.of("ollama", path, Map.of());
    }

    static OllamaCodec codec() {
        return new OllamaCodec(endpoint("/api/chat"));
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

    /** A stream of these bytes, and its end in good order. */
    static Script streamed(byte[] wire) {
        return exchange -> {
            exchange.head(200, "content-type: application/x-ndjson", "transfer-encoding: chunked");
            exchange.chunk(wire);
            exchange.lastChunk();
        };
    }
}
