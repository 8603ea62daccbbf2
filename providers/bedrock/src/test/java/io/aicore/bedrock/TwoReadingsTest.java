package io.aicore.bedrock;

import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.codec.wire.WireEvent;
import io.aicore.testkit.TwoReadings;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Answers and events are read the same from their bytes and from a tree, whatever a host makes of them. */
class TwoReadingsTest {

    private static final int MUTATIONS = 200;

    private final TwoReadings readings = new TwoReadings(
            new BedrockCodec("bedrock", Map.of()),
            CompletionRequest.builder().model("m-1").user("Hello").build());

    private static WireEvent delta(int index, String delta) {
        return new WireEvent(
                "contentBlockDelta", "{\"contentBlockIndex\":" + index + ",\"delta\":" + delta + ",\"p\":\"abcdef\"}");
    }

    private static List<WireEvent> stream(WireEvent... between) {
        return Stream.of(
                        Stream.of(new WireEvent("messageStart", "{\"role\":\"assistant\"}")),
                        Stream.of(between),
                        Stream.of(
                                new WireEvent("contentBlockStop", "{\"contentBlockIndex\":0}"),
                                new WireEvent("messageStop", "{\"stopReason\":\"end_turn\",\"p\":\"a\"}"),
                                new WireEvent(
                                        "metadata",
                                        "{\"metrics\":{\"latencyMs\":20},\"usage\":{\"inputTokens\":22,\"outputTokens\":5}}")))
                .flatMap(events -> events)
                .toList();
    }

    @Test
    void ofText() {
        readings.ofFrequentStream(
                stream(
                        delta(0, "{\"text\":\"Gr\u00FC\u00DFe\"}"),
                        delta(0, "{\"text\":\"\"}"),
                        delta(0, "{\"text\":\" \uD83C\uDF88\"}")),
                1,
                MUTATIONS);
    }

    @Test
    void ofThoughtsAndCallsAmongText() {
        readings.ofStream(
                stream(
                        delta(0, "{\"reasoningContent\":{\"text\":\"I think\"}}"),
                        delta(0, "{\"reasoningContent\":{\"signature\":\"s\"}}"),
                        delta(0, "{\"text\":\"Wait\"}"),
                        delta(1, "{\"text\":\"so\"}"),
                        delta(1, "{\"toolUse\":{\"input\":\"{}\"}}"),
                        delta(1, "{\"text\":\"then\"}")),
                MUTATIONS);
    }

    @Test
    void ofAnAnswer() {
        readings.ofFrequentAnswer(
                "{\"metrics\":{\"latencyMs\":1864},\"output\":{\"message\":{\"content\":[{\"text\":\"Gr\u00FC\u00DFe\"}],"
                        + "\"role\":\"assistant\"}},\"stopReason\":\"end_turn\",\"serviceTier\":{\"type\":\"default\"},"
                        + "\"usage\":{\"cacheReadInputTokenCount\":4,\"cacheReadInputTokens\":4,"
                        + "\"cacheWriteInputTokenCount\":2,\"cacheWriteInputTokens\":2,\"inputTokens\":22,"
                        + "\"outputTokens\":5,\"serverToolUsage\":{},\"totalTokens\":33}}",
                MUTATIONS);
    }

    @Test
    void ofAnAnswerWithACall() {
        readings.ofAnswer(
                "{\"output\":{\"message\":{\"content\":[{\"text\":\"Wait\"},{\"toolUse\":{\"toolUseId\":\"c1\","
                        + "\"name\":\"f\",\"input\":{}}}]}},\"stopReason\":\"tool_use\"}",
                MUTATIONS);
    }
}
