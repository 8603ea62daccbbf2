package io.aicore.llm.codec.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class JsonLinesTest {

    private static final int LIMIT = 40;

    private final Framing lines = StreamFormat.jsonLines().framing(LIMIT, () -> new IllegalStateException("too long"));

    private List<String> read(byte[] bytes, int pieceSize) {
        return read(lines, bytes, pieceSize);
    }

    private static List<String> read(Framing lines, byte[] bytes, int pieceSize) {
        List<WireEvent> events = new ArrayList<>();
        for (int from = 0; from < bytes.length; from += pieceSize) {
            byte[] piece = java.util.Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + pieceSize));
            events.addAll(lines.feed(piece));
        }
        events.addAll(lines.finish());
        assertThat(events).extracting(WireEvent::type).containsOnlyNulls();
        return events.stream().map(WireEvent::data).toList();
    }

    @Test
    void eachLineIsAnEventWhereverTheBytesAreCut() {
        byte[] bytes = "{\"a\":\"grün ✓\"}\n\r\n{\"b\":2}\r\n{\"c\":3}\n".getBytes(StandardCharsets.UTF_8);
        for (int size = 1; size <= bytes.length; size++) {
            assertThat(read(bytes, size)).containsExactly("{\"a\":\"grün ✓\"}", "{\"b\":2}", "{\"c\":3}");
        }
    }

    @Test
    void aLastLineWithoutItsBreakIsAnEventAtTheEnd() {
        assertThat(read("{\"a\":1}\n{\"err".getBytes(StandardCharsets.UTF_8), 3))
                .containsExactly("{\"a\":1}", "{\"err");
        assertThat(lines.finish()).isEmpty();
    }

    @Test
    void eachDocumentIsAnEventWhereverItsLinesBreak() {
        byte[] bytes = "{\"a\":1}{\"b\":\"}\\\"{\"}\n{\n \"c\": [\n  {}\n ]\n} [DONE]\nerror: no\n[{},\n{}]"
                .getBytes(StandardCharsets.UTF_8);
        for (int size = 1; size <= bytes.length; size++) {
            assertThat(read(bytes, size))
                    .containsExactly(
                            "{\"a\":1}",
                            "{\"b\":\"}\\\"{\"}",
                            "{\n \"c\": [\n  {}\n ]\n}",
                            "[DONE]",
                            "error: no",
                            "[{},\n{}]");
        }
    }

    private static final String ARRAY = "\n[\n{\"a\":[{}]},{\n\"b\":\"]\"}\n,\r\n{\"c\":3} ]\n";
    private static final String[] ELEMENTS = {"{\"a\":[{}]}", "{\n\"b\":\"]\"}", "{\"c\":3}"};

    @Test
    void theObjectsOfAnArrayThatIsTheBodyAreEvents() {
        byte[] bytes = ARRAY.getBytes(StandardCharsets.UTF_8);
        for (int size = 1; size <= bytes.length; size++) {
            Framing each = StreamFormat.jsonLines().framing(LIMIT, IllegalStateException::new);
            assertThat(read(each, bytes, size)).containsExactly(ELEMENTS);
        }
    }

    @Test
    void eachObjectOfAnArrayIsAnEventAsSoonAsItIsComplete() {
        assertThat(lines.feed("[{\"a\":1}".getBytes(StandardCharsets.UTF_8))).hasSize(1);
        assertThat(lines.feed(",{\"b\":".getBytes(StandardCharsets.UTF_8))).isEmpty();
        assertThat(lines.feed("2}]".getBytes(StandardCharsets.UTF_8))).hasSize(1);
        assertThat(lines.finish()).isEmpty();
    }

    @Test
    void anArrayWithoutItsEndIsCut() {
        int end = ARRAY.indexOf(']', ARRAY.indexOf("c"));
        for (int length = ARRAY.indexOf('{') + 1; length <= end; length++) {
            String body = ARRAY.substring(0, length);
            List<String> expected = new ArrayList<>();
            for (String element : ELEMENTS) {
                if (body.contains(element)) {
                    expected.add(element);
                }
            }
            expected.add(WireEvent.cut().data());
            Framing each = StreamFormat.jsonLines().framing(LIMIT, IllegalStateException::new);
            assertThat(read(each, body.getBytes(StandardCharsets.UTF_8), 7)).isEqualTo(expected);
        }
    }

    @Test
    void wordsInAnArrayAreAnEvent() {
        assertThat(read("[{\"a\":1},\nerror: no, not now\n".getBytes(StandardCharsets.UTF_8), 5))
                .containsExactly(
                        "{\"a\":1}", "error: no, not now", WireEvent.cut().data());
    }

    @Test
    void anArrayOfAnythingElseIsOneEvent() {
        for (String array : List.of("[]", "[ ]", "[[{}],{}]", "[\"a\",{}]", "[1]")) {
            Framing each = StreamFormat.jsonLines().framing(LIMIT, IllegalStateException::new);
            assertThat(read(each, array.getBytes(StandardCharsets.UTF_8), 1)).containsExactly(array);
        }
    }

    @Test
    void theLimitHoldsForEachObjectOfAnArray() {
        byte[] element = ("{\"a\":\"" + "x".repeat(LIMIT - 8) + "\"}").getBytes(StandardCharsets.UTF_8);
        lines.feed("[ ".getBytes(StandardCharsets.UTF_8));
        for (int i = 0; i < 5; i++) {
            assertThat(lines.feed(element)).hasSize(1);
            assertThat(lines.feed(new byte[] {','})).isEmpty();
        }
        assertThatIllegalStateException()
                .isThrownBy(() -> lines.feed(("{" + "x".repeat(LIMIT)).getBytes(StandardCharsets.UTF_8)))
                .withMessage("too long");
    }

    @Test
    void aLineThatWasCutHidesNotTheNext() {
        byte[] bytes = "{\"a\":\"gr\n{\"error\":1}\n".getBytes(StandardCharsets.UTF_8);
        for (int size = 1; size <= bytes.length; size++) {
            assertThat(read(bytes, size)).containsExactly("{\"a\":\"gr", "{\"error\":1}");
        }
    }

    @Test
    void aLineOverTheLimitIsRefusedBeforeItIsKept() {
        lines.feed(new byte[LIMIT]);
        assertThatIllegalStateException()
                .isThrownBy(() -> lines.feed(new byte[1]))
                .withMessage("too long");
    }
}
