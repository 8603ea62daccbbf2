package io.aicore.anthropic;

import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.chat.CompletionRequestBuilder;
import io.aicore.llm.codec.JsonEndpoint;
import io.aicore.llm.codec.json.Json;
import io.aicore.llm.codec.wire.WireEvent;
import io.aicore.llm.codec.wire.WireResponse;
import io.aicore.testkit.CodecBench;
import io.aicore.testserver.Script;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** What the tests of the protocol share: answers and streams written as they come. */
abstract class Fixtures extends CodecBench {

    static final CompletionRequest REQUEST =
            CompletionRequest.builder().model("claude-haiku-4-5").user("hello").build();
    private static final Map<String, String> HEADERS = Map.of("request-id", "req_7");
    static final String START =
            "{\"type\":\"message_start\",\"message\":{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\","
                    + "\"model\":\"claude-haiku-4-5-dated\",\"content\":[],\"stop_reason\":null,"
                    + "\"usage\":{\"input_tokens\":7,\"cache_read_input_tokens\":2,\"output_tokens\":1}}}";
    static final String PING = "{\"type\": \"ping\"}";
    static final String STOP = "{\"type\":\"message_stop\"      }";

    Fixtures() {
        super(codec(), REQUEST, HEADERS);
    }

    static CompletionRequestBuilder request() {
        return REQUEST.toBuilder();
    }

    static WireResponse response(int status, String body) {
        return response(status, HEADERS, body);
    }

    @Override
    protected WireEvent event(String written) {
        return named(Json.read(written).string("type"), written);
    }

    static AnthropicCodec codec(String version) {
        return new AnthropicCodec(endpoint(version, "/v1/messages"), new RequestEncoder(version));
    }

    static JsonEndpoint endpoint(String version, String path) {
        return JsonEndpoint.of("anthropic", path, Map.of("anthropic-version", version));
    }

    static AnthropicCodec codec() {
        return codec(Options.DEFAULT_VERSION);
    }

    /** An answer with these blocks and this reason. */
    static String answer(String blocks, String reason) {
        return "{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"claude-haiku-4-5-dated\","
                + "\"content\":[" + blocks + "],\"stop_reason\":" + reason + ",\"stop_sequence\":null,"
                + "\"usage\":{\"input_tokens\":7,\"output_tokens\":4}}";
    }

    static String text(String text) {
        return "{\"type\":\"text\",\"text\":\"" + text + "\"}";
    }

    static String error(String type, String message) {
        return "{\"type\":\"error\",\"error\":{\"type\":\"" + type + "\",\"message\":\"" + message
                + "\"},\"request_id\":\"req_9\"}";
    }

    static String open(int index, String block) {
        return "{\"type\":\"content_block_start\",\"index\":" + index + ",\"content_block\":" + block + "   }";
    }

    static String grow(int index, String type, String field, String value) {
        return "{\"type\":\"content_block_delta\",\"index\":" + index + ",\"delta\":{\"type\":\"" + type + "\",\""
                + field + "\":\"" + value + "\"}  }";
    }

    static String close(int index) {
        return "{\"type\":\"content_block_stop\",\"index\":" + index + " }";
    }

    static String finish(String reason) {
        return "{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"" + reason
                + "\",\"stop_sequence\":null},\"usage\":{\"output_tokens\":4}}";
    }

    /** The events of an answer in two pieces of text. */
    static String[] hello() {
        return new String[] {
            START,
            open(0, text("")),
            PING,
            grow(0, "text_delta", "text", "Hel"),
            grow(0, "text_delta", "text", "lo"),
            close(0),
            finish("end_turn"),
            STOP
        };
    }

    /** These events on the wire, each with its name. */
    static String wire(String... events) {
        StringBuilder wire = new StringBuilder();
        for (String event : events) {
            wire.append("event: ").append(Json.read(event).string("type"));
            wire.append("\ndata: ").append(event).append("\n\n");
        }
        return wire.toString();
    }

    /** A stream of these events, and its end in good order. */
    static Script events(String... events) {
        return exchange -> {
            exchange.streamHead();
            exchange.chunk(wire(events).getBytes(StandardCharsets.UTF_8));
            exchange.lastChunk();
        };
    }
}
