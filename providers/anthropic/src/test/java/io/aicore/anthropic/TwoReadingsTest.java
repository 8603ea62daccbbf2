package io.aicore.anthropic;

import static io.aicore.anthropic.Fixtures.REQUEST;
import static io.aicore.anthropic.Fixtures.codec;

import io.aicore.llm.codec.wire.WireEvent;
import io.aicore.testkit.TwoReadings;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A stream is read the same from its bytes and from a tree, whatever a host makes of it. */
class TwoReadingsTest {

    private static final int MUTATIONS = 500;

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
        readings.ofStream(
                stream(
                        Fixtures.grow(0, "text_delta", "text", "Gr\u00FC\u00DFe"),
                        Fixtures.PING,
                        Fixtures.grow(0, "text_delta", "text", " \uD83C\uDF88")),
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
}
