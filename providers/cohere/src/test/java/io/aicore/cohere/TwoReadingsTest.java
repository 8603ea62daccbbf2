package io.aicore.cohere;

import io.aicore.llm.codec.JsonEndpoint;
import io.aicore.llm.codec.wire.WireEvent;
import io.aicore.llm.embedding.EmbeddingRequest;
import io.aicore.testkit.TwoReadings;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Answers and events are read the same from their bytes and from a tree, whatever a host makes of them. */
class TwoReadingsTest {

    private static final int MUTATIONS = 200;

    private final TwoReadings readings = new TwoReadings(Fixtures.codec(), Fixtures.REQUEST);

    private static WireEvent event(String type, String more) {
        return new WireEvent(type, "{\"type\":\"" + type + "\"" + more + "}");
    }

    private static WireEvent content(int index, String content) {
        return event("content-delta", ",\"index\":" + index + ",\"delta\":{\"message\":{\"content\":" + content + "}}");
    }

    private static List<WireEvent> stream(WireEvent... between) {
        return Stream.of(
                        Stream.of(new WireEvent("message-start", Fixtures.START)),
                        Stream.of(between),
                        Stream.of(
                                event(
                                        "message-end",
                                        ",\"delta\":{\"finish_reason\":\"COMPLETE\",\"usage\":{\"billed_units\":{\"input_tokens\":12,"
                                                + "\"output_tokens\":7},\"tokens\":{\"input_tokens\":507,\"output_tokens\":10}}}")))
                .flatMap(events -> events)
                .toList();
    }

    @Test
    void ofText() {
        readings.ofFrequentStream(
                stream(
                        event(
                                "content-start",
                                ",\"index\":0,\"delta\":{\"message\":{\"content\":{\"type\":\"text\",\"text\":\"\"}}}"),
                        content(0, "{\"text\":\"Gr\u00FC\u00DFe\"}"),
                        content(0, "{\"text\":\"\"}"),
                        content(0, "{\"text\":\" \uD83C\uDF88\"}")),
                2,
                MUTATIONS);
    }

    @Test
    void ofThoughtsAndCallsAmongText() {
        readings.ofStream(
                stream(
                        content(0, "{\"type\":\"thinking\",\"thinking\":\"I think\"}"),
                        content(0, "{\"text\":\"Wait\"}"),
                        event("tool-plan-delta", ",\"delta\":{\"message\":{\"tool_plan\":\"first\"}}"),
                        content(1, "{\"text\":\"so\"}"),
                        event(
                                "tool-call-start",
                                ",\"index\":0,\"delta\":{\"message\":{\"tool_calls\":{\"id\":\"c1\",\"function\":"
                                        + "{\"name\":\"f\",\"arguments\":\"{}\"}}}}"),
                        content(1, "{\"text\":\"then\"}")),
                MUTATIONS);
    }

    @Test
    void ofAnAnswer() {
        readings.ofFrequentAnswer(
                "{\"id\":\"c-1\",\"message\":{\"role\":\"assistant\",\"content\":[{\"type\":\"text\",\"text\":\"Gr\u00FC\u00DFe\"}]},"
                        + "\"finish_reason\":\"COMPLETE\",\"usage\":{\"billed_units\":{\"input_tokens\":12,\"output_tokens\":7},"
                        + "\"tokens\":{\"input_tokens\":507,\"output_tokens\":10},\"cached_tokens\":448}}",
                MUTATIONS);
    }

    @Test
    void ofAnAnswerWithACall() {
        readings.ofAnswer(
                "{\"id\":\"c-1\",\"message\":{\"tool_plan\":\"first\",\"tool_calls\":[{\"id\":\"c1\",\"function\":"
                        + "{\"name\":\"f\",\"arguments\":\"{}\"}}]},\"finish_reason\":\"TOOL_CALL\"}",
                MUTATIONS);
    }

    @Test
    void ofEmbeddings() {
        TwoReadings.ofEmbeddings(
                new CohereEmbeddings(JsonEndpoint.of("cohere", "/v2/embed", Map.of())),
                EmbeddingRequest.of("a").model("e-1"),
                "{\"id\":\"e\",\"texts\":[\"a\",\"b\"],\"embeddings\":{\"float\":[[0.0123456789012345678,-1.5e-7],[2,-3.25]]},"
                        + "\"meta\":{\"api_version\":{\"version\":\"2\"},\"billed_units\":{\"input_tokens\":9}},"
                        + "\"response_type\":\"embeddings_by_type\"}",
                MUTATIONS);
    }
}
