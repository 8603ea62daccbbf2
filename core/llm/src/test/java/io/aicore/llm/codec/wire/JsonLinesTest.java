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
