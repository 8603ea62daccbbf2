package io.aicore.ollama;

import static io.aicore.ollama.Fixtures.REQUEST;
import static io.aicore.ollama.Fixtures.codec;

import io.aicore.llm.codec.wire.WireEvent;
import io.aicore.testkit.TwoReadings;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A stream is read the same from its bytes and from a tree, whatever a host makes of it. */
class TwoReadingsTest {

    private static final int MUTATIONS = 500;

    private final TwoReadings readings = new TwoReadings(codec(), REQUEST);

    private static WireEvent line(String message) {
        return new WireEvent(
                null,
                "{\"model\":\"m-1\",\"created_at\":\"2026-03-01T12:00:00Z\",\"message\":{\"role\":\"assistant\","
                        + message + "},\"done\":false}");
    }

    private static WireEvent last() {
        return new WireEvent(
                null,
                "{\"model\":\"m-1\",\"created_at\":\"2026-03-01T12:00:00Z\",\"message\":{\"role\":\"assistant\",\"content\":\"\"},"
                        + "\"done\":true,\"done_reason\":\"stop\",\"prompt_eval_count\":7,\"eval_count\":4}");
    }

    @Test
    void ofText() {
        readings.ofStream(
                List.of(
                        line("\"content\":\"Gr\u00FC\u00DFe\""),
                        line("\"content\":\"\",\"thinking\":\"I think\""),
                        line("\"content\":\" \uD83C\uDF88\""),
                        last()),
                MUTATIONS);
    }

    @Test
    void ofCallsAmongText() {
        readings.ofStream(
                List.of(
                        line("\"content\":\"Wait\""),
                        line("\"content\":\"\",\"tool_calls\":[{\"function\":{\"name\":\"f\",\"arguments\":{}}}]"),
                        line("\"content\":\"Then\",\"images\":[]"),
                        last()),
                MUTATIONS);
    }
}
