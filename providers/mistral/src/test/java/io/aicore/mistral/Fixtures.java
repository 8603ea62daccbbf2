package io.aicore.mistral;

import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.codec.ChatCodec;
import io.aicore.llm.codec.json.Json;
import io.aicore.llm.codec.json.JsonFields;
import io.aicore.llm.codec.wire.WireResponse;
import io.aicore.testkit.CodecBench;
import java.util.List;
import java.util.Map;

/** What the tests of the protocol share: answers and streams written as they come. */
abstract class Fixtures extends CodecBench {

    static final CompletionRequest REQUEST =
            CompletionRequest.builder().model("m-1").user("hello").build();
    private static final Map<String, String> HEADERS = Map.of("mistral-correlation-id", "req-7");

    Fixtures() {
        super(codec(), REQUEST, HEADERS);
    }

    static WireResponse response(int status, String body) {
        return response(status, HEADERS, body);
    }

    @Override
    protected String terminator() {
        return "[DONE]";
    }

    static ChatCodec codec() {
        return MistralProviderFactory.chat(Map.of("authorization", "Bearer k-1"));
    }

    static JsonFields encode(CompletionRequest request, boolean stream) {
        return Json.read(codec().encode(request, stream).body());
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
}
