package io.aicore.anthropic;

import static io.aicore.anthropic.Fixtures.REQUEST;
import static io.aicore.anthropic.Fixtures.codec;

import io.aicore.llm.codec.wire.WireEvent;
import io.aicore.testkit.TwoReadings;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A stream is read the same from its bytes and from a tree, whatever a host makes of it. */
class TwoReadingsTest {

    private static final int MUTATIONS = 200;

    private final TwoReadings readings = new TwoReadings(codec(), REQUEST);

    private static WireEvent event(String json) {
        return new WireEvent(json.replaceFirst(".*?\"type\": ?\"(\\w+)\".*", "$1"), json);
    }

    private static List<WireEvent> stream(String... between) {
        return Stream.of(
                        Stream.of(Fixtures.START, Fixtures.open(0, "{\"type\":\"text\",\"text\":\"\"}")),
                        Stream.of(between),
                        Stream.of(Fixtures.close(0), Fixtures.finish("end_turn"), Fixtures.STOP))
                .flatMap(Function.identity())
                .map(TwoReadingsTest::event)
                .toList();
    }

    @Test
    void ofText() {
        readings.ofFrequentStream(
                stream(
                        Fixtures.grow(0, "text_delta", "text", "Gr\u00FC\u00DFe"),
                        Fixtures.PING,
                        Fixtures.grow(0, "text_delta", "text", " \uD83C\uDF88")),
                2,
                MUTATIONS);
    }

    @Test
    void ofThoughtsAndInputAmongText() {
        readings.ofStream(
                stream(
                        Fixtures.grow(0, "thinking_delta", "thinking", "I think"),
                        Fixtures.grow(0, "text_delta", "text", "Wait"),
                        Fixtures.grow(1, "text_delta", "text", ""),
                        Fixtures.grow(1, "input_json_delta", "partial_json", "{}"),
                        Fixtures.grow(2, "signature_delta", "signature", "s")),
                MUTATIONS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"stop_reason\":\"end_turn\",\"stop_sequence\":null,\"stop_details\":null",
                "\"stop_reason\":\"stop_sequence\",\"stop_sequence\":\"END\"",
                "\"stop_reason\":\"max_tokens\""
            })
    void ofAnAnswer(String end) {
        readings.ofFrequentAnswer(
                "{\"model\":\"m-1-dated\",\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\",\"content\":"
                        + "[{\"type\":\"text\",\"text\":\"Gr\u00FC\u00DFe\"}]," + end
                        + ",\"usage\":{\"input_tokens\":12,"
                        + "\"cache_creation_input_tokens\":20,\"cache_read_input_tokens\":40,\"cache_creation\":"
                        + "{\"ephemeral_5m_input_tokens\":20,\"ephemeral_1h_input_tokens\":0},\"output_tokens\":5,"
                        + "\"output_tokens_details\":{\"thinking_tokens\":3},\"service_tier\":\"standard\","
                        + "\"inference_geo\":\"global\"}}",
                MUTATIONS);
    }

    @Test
    void ofAnAnswerWithThoughtsAndACall() {
        readings.ofAnswer(
                "{\"id\":\"msg_1\",\"content\":[{\"type\":\"thinking\",\"thinking\":\"hm\",\"signature\":\"s\"},"
                        + "{\"type\":\"text\",\"text\":\"Wait\"},{\"type\":\"tool_use\",\"id\":\"c1\",\"name\":\"f\","
                        + "\"input\":{}}],\"stop_reason\":\"tool_use\",\"usage\":{\"input_tokens\":1,\"output_tokens\":2}}",
                MUTATIONS);
    }
}
