package io.aicore.openai;

import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.codec.JsonEndpoint;
import io.aicore.llm.codec.wire.WireEvent;
import io.aicore.testkit.TwoReadings;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A stream of the Responses API is read the same from its bytes and from a tree, whatever a host makes of it. */
class TwoReadingsOfResponsesTest {

    private static final int MUTATIONS = 200;

    private final TwoReadings readings = new TwoReadings(
            new ResponsesCodec(
                    JsonEndpoint.of("openai", "/responses", Map.of()), ResponsesDialect.OPENAI, Dialect.OPENAI),
            CompletionRequest.builder().model("m-1").user("Hello").build());

    private static WireEvent event(String type, int number, String more) {
        return new WireEvent(type, "{\"type\":\"" + type + "\",\"sequence_number\":" + number + more + "}");
    }

    private static WireEvent delta(int number, int item, String text) {
        return event(
                "response.output_text.delta",
                number,
                ",\"item_id\":\"msg_1\",\"output_index\":" + item + ",\"content_index\":0,\"delta\":\"" + text
                        + "\",\"logprobs\":[],\"obfuscation\":\"xyz\"");
    }

    private static List<WireEvent> stream(WireEvent... between) {
        return Stream.of(
                        Stream.of(event(
                                "response.created", 0, ",\"response\":{\"id\":\"resp_1\",\"model\":\"m-1-dated\"}")),
                        Stream.of(between),
                        Stream.of(event(
                                "response.completed",
                                9,
                                ",\"response\":{\"id\":\"resp_1\",\"status\":\"completed\",\"output\":[],"
                                        + "\"usage\":{\"input_tokens\":9,\"output_tokens\":4}}")))
                .flatMap(events -> events)
                .toList();
    }

    @Test
    void ofText() {
        readings.ofFrequentStream(
                stream(delta(1, 0, "Gr\u00FC\u00DFe"), delta(2, 0, ""), delta(3, 0, " \uD83C\uDF88")), 1, MUTATIONS);
    }

    @Test
    void ofSeveralItems() {
        readings.ofStream(
                stream(
                        delta(1, 1, "One"),
                        event("response.output_text.done", 2, ",\"output_index\":1,\"text\":\"One\""),
                        delta(3, 2, "Two"),
                        event("response.refusal.delta", 4, ",\"output_index\":2,\"delta\":\"No\""),
                        delta(5, 1, "Three")),
                MUTATIONS);
    }

    @Test
    void ofAnAnswer() {
        readings.ofFrequentAnswer(
                "{\"id\":\"resp_1\",\"object\":\"response\",\"created_at\":1790000000,\"status\":\"completed\",\"error\":null,"
                        + "\"incomplete_details\":null,\"instructions\":null,\"model\":\"m-1-dated\",\"moderation\":null,"
                        + "\"output\":[{\"id\":\"msg_1\",\"type\":\"message\",\"status\":\"completed\",\"content\":[{\"type\":"
                        + "\"output_text\",\"annotations\":[],\"logprobs\":[],\"text\":\"Gr\u00FC\u00DFe\"}],\"phase\":"
                        + "\"final_answer\",\"role\":\"assistant\"}],\"reasoning\":{\"effort\":null},\"service_tier\":\"default\","
                        + "\"store\":false,\"temperature\":1.0,\"text\":{\"format\":{\"type\":\"text\"}},\"tool_choice\":\"auto\","
                        + "\"tools\":[],\"usage\":{\"input_tokens\":87,\"input_tokens_details\":{\"cache_write_tokens\":1,"
                        + "\"cached_tokens\":2},\"output_tokens\":339,\"output_tokens_details\":{\"reasoning_tokens\":256},"
                        + "\"total_tokens\":426},\"user\":null,\"metadata\":{}}",
                MUTATIONS);
    }

    @Test
    void ofAnAnswerWithThoughts() {
        readings.ofFrequentAnswer(
                response(
                        "{\"id\":\"rs_1\",\"type\":\"reasoning\",\"encrypted_content\":\"g\",\"summary\":[{\"type\":"
                                + "\"summary_text\",\"text\":\"hm\"}]},{\"type\":\"message\",\"content\":[{\"type\":"
                                + "\"output_text\",\"text\":\"4\"}]}",
                        false),
                MUTATIONS);
    }

    @Test
    void ofAnAnswerWithACall() {
        readings.ofFrequentAnswer(
                response(
                        "{\"type\":\"reasoning\",\"summary\":[]},{\"type\":\"function_call\",\"call_id\":\"c_1\","
                                + "\"name\":\"f\",\"arguments\":\"{}\"}",
                        true),
                MUTATIONS);
    }

    @Test
    void ofAnAnswerWithOtherOutput() {
        readings.ofAnswer(
                response(
                        "{\"type\":\"image_generation_call\",\"result\":\"aGk=\"},{\"type\":\"message\",\"content\":[{\"type\":"
                                + "\"refusal\",\"refusal\":\"No\"}]}",
                        true),
                MUTATIONS);
    }

    private static String response(String output, boolean stored) {
        return "{\"id\":\"resp_1\",\"object\":\"response\",\"created_at\":1790000000,\"status\":\"completed\",\"error\":null,"
                + "\"incomplete_details\":null,\"instructions\":\"Be brief, and name your sources.\",\"model\":\"m-1-dated\","
                + "\"output\":[" + output + "],\"reasoning\":{\"effort\":\"low\",\"summary\":null},\"service_tier\":"
                + "\"default\",\"store\":" + stored + ",\"temperature\":1.0,\"text\":{\"format\":{\"type\":\"text\"},"
                + "\"verbosity\":\"medium\"},\"tool_choice\":\"auto\",\"tools\":[{\"type\":\"function\",\"name\":\"f\","
                + "\"description\":\"finds\",\"parameters\":{\"type\":\"object\",\"properties\":{\"a\":{\"type\":"
                + "\"string\"},\"b\":{\"type\":\"number\"}}},\"strict\":true}],\"usage\":{\"input_tokens\":87,"
                + "\"output_tokens\":339,\"output_tokens_details\":{\"reasoning_tokens\":256}},\"metadata\":{}}";
    }
}
