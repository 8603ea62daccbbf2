package io.aicore.cohere;

import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.codec.JsonEndpoint;
import io.aicore.llm.codec.json.Json;
import io.aicore.llm.codec.wire.WireEvent;
import io.aicore.llm.codec.wire.WireResponse;
import io.aicore.testkit.CodecBench;
import java.util.List;
import java.util.Map;

/** What the tests of the protocol share: answers and streams written as they come. */
abstract class Fixtures extends CodecBench {

    static final CompletionRequest REQUEST =
            CompletionRequest.builder().model("m-1").user("hello").build();
    private static final Map<String, String> HEADERS = Map.of("x-debug-trace-id", "req-7");
    static final String START =
            "{\"id\":\"c-1\",\"type\":\"message-start\",\"delta\":{\"message\":{\"role\":\"assistant\","
                    + "\"content\":[],\"tool_plan\":\"\",\"tool_calls\":[],\"citations\":[]}}}";
    static final String USAGE = "{\"billed_units\":{\"input_tokens\":3,\"output_tokens\":4},"
            + "\"tokens\":{\"input_tokens\":90,\"output_tokens\":5},\"cached_tokens\":64}";
    static final String CITATION =
            "{\"start\":0,\"end\":5,\"text\":\"Paris\",\"sources\":[{\"type\":\"document\",\"id\":\"d:0\"}]}";

    Fixtures() {
        super(codec(), REQUEST, HEADERS);
    }

    static WireResponse response(int status, String body) {
        return response(status, HEADERS, body);
    }

    @Override
    protected WireEvent event(String written) {
        return named(Json.read(written).string("type"), written);
    }

    static CohereCodec codec() {
        return new CohereCodec(
                JsonEndpoint.of(CohereCodec.errors("cohere"), "/v2/chat", Map.of("authorization", "Bearer k-1")));
    }

    /** An answer with these fields of its message, beside the role, and this reason. */
    static String answer(String fields, String reason) {
        return "{\"id\":\"c-1\",\"message\":{\"role\":\"assistant\"" + (fields.isEmpty() ? "" : "," + fields)
                + "},\"finish_reason\":\"" + reason + "\",\"usage\":" + USAGE + "}";
    }

    static String text(String text) {
        return "\"content\":[{\"type\":\"text\",\"text\":\"" + text + "\"}]";
    }

    static String open(int index, String type) {
        return "{\"type\":\"content-start\",\"index\":" + index + ",\"delta\":{\"message\":{\"content\":{\"type\":\""
                + type + "\",\"" + type + "\":\"\"}}}}";
    }

    static String grow(int index, String type, String words) {
        return "{\"type\":\"content-delta\",\"index\":" + index + ",\"delta\":{\"message\":{\"content\":{\"" + type
                + "\":\"" + words + "\"}}}}";
    }

    static String close(int index) {
        return "{\"type\":\"content-end\",\"index\":" + index + "}";
    }

    static String plan(String words) {
        return "{\"type\":\"tool-plan-delta\",\"delta\":{\"message\":{\"tool_plan\":\"" + words + "\"}}}";
    }

    static String call(int index, String id, String name) {
        return "{\"type\":\"tool-call-start\",\"index\":" + index + ",\"delta\":{\"message\":{\"tool_calls\":{\"id\":\""
                + id + "\",\"type\":\"function\",\"function\":{\"name\":\"" + name + "\",\"arguments\":\"\"}}}}}";
    }

    static String arguments(int index, String piece) {
        return "{\"type\":\"tool-call-delta\",\"index\":" + index + ",\"delta\":{\"message\":{\"tool_calls\":"
                + "{\"function\":{\"arguments\":\"" + piece + "\"}}}}}";
    }

    static String called(int index) {
        return "{\"type\":\"tool-call-end\",\"index\":" + index + "}";
    }

    static String finish(String reason) {
        return "{\"type\":\"message-end\",\"delta\":{\"finish_reason\":\"" + reason + "\",\"usage\":" + USAGE + "}}";
    }

    static String broken(String reason, String error) {
        return "{\"type\":\"message-end\",\"delta\":{\"error\":\"" + error + "\",\"finish_reason\":\"" + reason
                + "\",\"usage\":" + USAGE + "}}";
    }

    /** The events of an answer in two pieces of text. */
    static String[] hello() {
        return new String[] {
            START, open(0, "text"), grow(0, "text", "Hel"), grow(0, "text", "lo"), close(0), finish("COMPLETE")
        };
    }

    /** That this is the answer with thinking, a plan and {@link #CITATION}, plain or streamed. */
    static void assertCited(Completion answer) {
        assertThat(answer.text()).isEqualTo("Paris");
        assertThat(answer.reasoning()).isEqualTo("hm I look.");
        assertThat(answer.extra())
                .containsEntry("tool_plan", "I look.")
                .containsEntry("citations", List.of(Json.read(CITATION).plain()))
                .containsEntry(
                        "cohere_content",
                        List.of(
                                Map.of("type", "thinking", "thinking", "hm "),
                                Map.of("type", "text", "text", "Paris")));
    }
}
