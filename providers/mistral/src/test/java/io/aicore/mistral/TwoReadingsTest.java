package io.aicore.mistral;

import static io.aicore.mistral.Fixtures.REQUEST;
import static io.aicore.mistral.Fixtures.codec;

import io.aicore.llm.codec.wire.WireEvent;
import io.aicore.testkit.TwoReadings;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Answers and chunks are read the same from their bytes and from a tree, whatever a host makes of them. */
class TwoReadingsTest {

    private static final int MUTATIONS = 200;

    private final TwoReadings readings = new TwoReadings(codec(), REQUEST);

    private static WireEvent chunk(String content, String finish) {
        return new WireEvent(
                null,
                "{\"id\":\"cmpl-1\",\"object\":\"chat.completion.chunk\",\"created\":1718345013,\"model\":\"m-1\","
                        + "\"choices\":[{\"index\":0,\"delta\":{\"content\":" + content + "},\"finish_reason\":"
                        + finish
                        + "}]}");
    }

    @Test
    void ofTextAroundAThought() {
        readings.ofStream(
                List.of(
                        chunk("\"Wait\"", "null"),
                        chunk("[{\"type\":\"thinking\",\"thinking\":[{\"type\":\"text\",\"text\":\"hm\"}]}]", "null"),
                        chunk("\"Gr\u00FC\u00DFe\"", "null"),
                        chunk("\"\"", "\"stop\""),
                        new WireEvent(null, "[DONE]")),
                MUTATIONS);
    }

    @Test
    void ofAnAnswer() {
        readings.ofFrequentAnswer(
                "{\"id\":\"cmpl-1\",\"object\":\"chat.completion\",\"created\":1718345013,\"model\":\"m-1\",\"choices\":"
                        + "[{\"index\":0,\"message\":{\"role\":\"assistant\",\"tool_calls\":null,\"content\":\"Gr\u00FC\u00DFe\"},"
                        + "\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":9,\"total_tokens\":13,"
                        + "\"completion_tokens\":4}}",
                MUTATIONS);
    }
}
