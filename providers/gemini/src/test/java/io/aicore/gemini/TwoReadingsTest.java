package io.aicore.gemini;

import static io.aicore.gemini.Fixtures.REQUEST;
import static io.aicore.gemini.Fixtures.codec;

import io.aicore.llm.codec.wire.WireEvent;
import io.aicore.testkit.TwoReadings;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A stream is read the same from its bytes and from a tree, whatever a host makes of it. */
class TwoReadingsTest {

    private static final int MUTATIONS = 500;

    private final TwoReadings readings = new TwoReadings(codec(), REQUEST);

    private static WireEvent event(String parts, String more) {
        return new WireEvent(
                null,
                "{\"candidates\":[{\"content\":{\"parts\":[" + parts + "],\"role\":\"model\"},\"index\":0" + more
                        + "}],\"usageMetadata\":{\"promptTokenCount\":8,\"candidatesTokenCount\":2,\"totalTokenCount\":15,"
                        + "\"promptTokensDetails\":[{\"modality\":\"TEXT\",\"tokenCount\":8}],\"thoughtsTokenCount\":5},"
                        + "\"modelVersion\":\"m-1-dated\",\"responseId\":\"r-1\"}");
    }

    @Test
    void ofText() {
        readings.ofStream(
                List.of(
                        event("{\"text\":\"Gr\u00FC\u00DFe\"}", ""),
                        event("{\"text\":\"\"}", ""),
                        event("{\"text\":\" \uD83C\uDF88\"}", ",\"finishReason\":\"STOP\"")),
                MUTATIONS);
    }

    @Test
    void ofThoughtsAndCallsAmongText() {
        readings.ofStream(
                List.of(
                        event("{\"text\":\"I think\",\"thought\":true}", ""),
                        event("{\"text\":\"Wait\"}", ",\"finishReason\":\"STOP\""),
                        event("{\"functionCall\":{\"name\":\"f\",\"args\":{\"a\":1}},\"thoughtSignature\":\"s\"}", ""),
                        event("{\"text\":\"Then\"}", ",\"finishReason\":\"STOP\"")),
                MUTATIONS);
    }
}
