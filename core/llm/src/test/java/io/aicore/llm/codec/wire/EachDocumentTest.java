package io.aicore.llm.codec.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.llm.codec.json.JsonDocuments;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EachDocumentTest {

    private static final String STREAM = String.join(
            "",
            "event: a\ndata: {\"x\":\"ü}\"}\ndata: {\"y\":[\"\\\\\"]}\n\n",
            "data: {\"z\":1}\r\ndata: [DONE]\r\n\r\n",
            "data: {\ndata:  \"split\": {\ndata:  }\ndata: }\n\n",
            "data: {}garbage {\"a\":1}\n\n",
            "data: plain words\n\n",
            "data: {\"last\":1}{\"cut");

    private static final List<WireEvent> EVENTS = List.of(
            new WireEvent("a", "{\"x\":\"ü}\"}"),
            new WireEvent("a", "{\"y\":[\"\\\\\"]}"),
            new WireEvent(null, "{\"z\":1}"),
            new WireEvent(null, "[DONE]"),
            new WireEvent(null, "{\n \"split\": {\n }\n}"),
            new WireEvent(null, "{}"),
            new WireEvent(null, "garbage {\"a\":1}"),
            new WireEvent(null, "plain words"),
            new WireEvent(null, "{\"last\":1}"));

    private static List<WireEvent> read(List<Integer> cuts) {
        byte[] bytes = STREAM.getBytes(StandardCharsets.UTF_8);
        Framing framing = StreamFormat.serverSentEvents().framing(1_000, () -> new IllegalStateException("too long"));
        List<WireEvent> events = new ArrayList<>();
        int from = 0;
        for (int cut : cuts.stream().sorted().toList()) {
            events.addAll(framing.feed(Arrays.copyOfRange(bytes, from, cut)));
            from = cut;
        }
        events.addAll(framing.feed(Arrays.copyOfRange(bytes, from, bytes.length)));
        events.addAll(framing.finish());
        return events;
    }

    @Test
    void eachDocumentIsAnEventOfItsEventsType() {
        assertThat(read(List.of())).isEqualTo(EVENTS);
    }

    @Property(tries = 300)
    void readsTheSameHoweverTheBytesAreCut(@ForAll("cuts") List<Integer> cuts) {
        assertThat(read(cuts)).isEqualTo(EVENTS);
    }

    @Provide
    Arbitrary<List<Integer>> cuts() {
        return Arbitraries.integers()
                .between(0, STREAM.getBytes(StandardCharsets.UTF_8).length)
                .list()
                .ofMaxSize(40);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} {}|{},{}",
                "null{}|null,{}",
                "-1.5e3 \"a b\" true|-1.5e3,\"a b\",true",
                "[DONE]{}|[DONE],{}",
                "trueish {}|trueish {}",
                "{}}|{},}",
                "{\"a|{\"a",
            })
    void nothingIsLeftOut(String text, String documents) {
        assertThat(JsonDocuments.in(text)).containsExactly(documents.split(","));
    }
}
