package io.aicore.llm.codec.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import org.junit.jupiter.params.provider.ValueSource;

class SseDecoderTest {

    private static final String EVERYTHING = "\uFEFF: a comment\r\n"
            + "\n\n"
            + "data: {\"text\":\"Grüße, 世界 🎈\"}\r\n\r\n"
            + "event: message_start\rdata:no space\r\r"
            + "data:  two spaces\n\n"
            + "id: 7\nretry: 10\n\n"
            + "data: one\ndata\ndata: three\nid: 8\n\n"
            + "event: without data\n\n"
            + "error: {\"code\":500}\n\n"
            + "unknown: x\nevent: \ndata: end\n\n"
            + "data: unfinished\n";

    private static final List<WireEvent> EVENTS = List.of(
            new WireEvent(null, "{\"text\":\"Grüße, 世界 🎈\"}"),
            new WireEvent("message_start", "no space"),
            new WireEvent(null, " two spaces"),
            new WireEvent(null, "one\n\nthree"),
            new WireEvent("error", "{\"code\":500}"),
            new WireEvent(null, "end"));

    private final SseDecoder decoder = decoder(1_000);

    private static SseDecoder decoder(int maxBytes) {
        return new SseDecoder(maxBytes, () -> new IllegalStateException("too long"));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private List<WireEvent> fed(String text) {
        return decoder.feed(utf8(text));
    }

    @Test
    void readsEveryFormOfLineEndFieldAndComment() {
        assertThat(fed(EVERYTHING)).isEqualTo(EVENTS);
    }

    @Test
    void readsTheSameByteByByte() {
        List<WireEvent> events = new ArrayList<>();
        for (byte b : utf8(EVERYTHING)) {
            events.addAll(decoder.feed(new byte[] {b}));
        }
        assertThat(events).isEqualTo(EVENTS);
    }

    @Test
    void anEventThatIsReadWhileItIsHandedOverNeedsItsBytesNoLonger() {
        byte[] bytes = utf8(EVERYTHING);
        byte[] buffer = new byte[16];
        List<WireEvent> events = new ArrayList<>();
        for (int from = 0; from < bytes.length; from += 7) {
            int length = Math.min(7, bytes.length - from);
            System.arraycopy(bytes, from, buffer, 5, length);
            decoder.read(buffer, 5, 5 + length, event -> events.add(event.kept()));
            Arrays.fill(buffer, (byte) 'x');
        }
        assertThat(events).isEqualTo(EVENTS);
    }

    @Test
    void aTypeThatChangesAndComesBackIsTheOneThatWasSent() {
        assertThat(fed("event: a\ndata: 1\n\nevent: b\ndata: 2\n\nevent: a\ndata: 3\n\ndata: 4\n\n"))
                .containsExactly(
                        new WireEvent("a", "1"),
                        new WireEvent("b", "2"),
                        new WireEvent("a", "3"),
                        new WireEvent(null, "4"));
    }

    @Property(tries = 500)
    void readsTheSameHoweverTheBytesAreCut(@ForAll("cuts") List<Integer> cuts) {
        byte[] bytes = utf8(EVERYTHING);
        SseDecoder cutDecoder = decoder(1_000);
        List<WireEvent> events = new ArrayList<>();
        int from = 0;
        for (int cut : cuts.stream().sorted().toList()) {
            events.addAll(cutDecoder.feed(Arrays.copyOfRange(bytes, from, cut)));
            from = cut;
        }
        events.addAll(cutDecoder.feed(Arrays.copyOfRange(bytes, from, bytes.length)));
        assertThat(events).isEqualTo(EVENTS);
    }

    @Provide
    Arbitrary<List<Integer>> cuts() {
        return Arbitraries.integers().between(0, utf8(EVERYTHING).length).list().ofMaxSize(40);
    }

    @Property(tries = 300)
    void carriesAnyTextWithoutLineBreaks(@ForAll("lines") List<String> lines, @ForAll("lineEnds") String lineEnd) {
        StringBuilder stream = new StringBuilder();
        lines.forEach(
                line -> stream.append("data: ").append(line).append(lineEnd).append(lineEnd));
        assertThat(decoder(100_000).feed(utf8(stream.toString())))
                .extracting(WireEvent::data)
                .containsExactlyElementsOf(lines);
    }

    @Provide
    Arbitrary<List<String>> lines() {
        return Arbitraries.strings()
                .excludeChars('\r', '\n')
                .ofMaxLength(20)
                .filter(text -> StandardCharsets.UTF_8.newEncoder().canEncode(text))
                .list()
                .ofMaxSize(10);
    }

    @Provide
    Arbitrary<String> lineEnds() {
        return Arbitraries.of("\n", "\r\n", "\r");
    }

    @Test
    void anEventThatNamesItsTypeBehindDataBeginsWithoutABlankLine() {
        assertThat(fed("event: a\ndata: 1\nevent: error\ndata: 2\nevent: b\n\ndata: 3\nerror: 4\n\n"))
                .containsExactly(
                        new WireEvent("a", "1"),
                        new WireEvent("b", "2"),
                        new WireEvent(null, "3"),
                        new WireEvent("error", "4"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"data: [DONE]", "data: [DONE]\n", "event: x\ndata: {\"a\":\ndata: 1}", "data:{}\r\n"})
    void aWholeEventNeedsNoBlankLineAtTheEnd(String text) {
        assertThat(fed(text)).isEmpty();
        assertThat(decoder.finish()).hasSize(1).allMatch(event -> JsonDocuments.whole(event.data()));
        assertThat(decoder.finish()).isEmpty();
    }

    @Test
    void ofAnUnfinishedEventTheWholeDocumentsAreKept() {
        fed("data: {\"a\":1}\ndata: {\"b\":[");
        assertThat(decoder.finish()).containsExactly(new WireEvent(null, "{\"a\":1}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"data: [DO", "data: {\"a\":\"}", "data: wor", "dat", "event: x", ": comment", ""})
    void whatIsNotWholeAtTheEndIsDropped(String text) {
        fed(text);
        assertThat(decoder.finish()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"data: Error: no capacity", "event: error\ndata: no capacity\n", "error: no capacity"})
    void wordsThatTellAnErrorAreKeptAtTheEnd(String text) {
        fed(text);
        assertThat(decoder.finish()).hasSize(1).allMatch(event -> event.data().endsWith("no capacity"));
    }

    @Test
    void dispatchesOnceTheBlankLineHasComeAndNotBefore() {
        assertThat(fed("data: a\n")).isEmpty();
        assertThat(fed("\n")).containsExactly(new WireEvent(null, "a"));
    }

    @Test
    void dispatchesOnALoneCarriageReturnWithoutWaitingForWhatFollows() {
        assertThat(fed("data: a\r\r")).containsExactly(new WireEvent(null, "a"));
        assertThat(fed("\ndata: b\r\n\r\n")).containsExactly(new WireEvent(null, "b"));
    }

    @Test
    void theTypeOfAnEventWithoutDataDoesNotReachTheNext() {
        assertThat(fed("event: ping\n\ndata: a\n\n")).containsExactly(new WireEvent(null, "a"));
    }

    @Test
    void onlyTheFirstLineMayBeginWithAByteOrderMark() {
        assertThat(fed("\uFEFFdata: a\n\n\uFEFFdata: b\n\ndata: c\n\n"))
                .extracting(WireEvent::data)
                .containsExactly("a", "c");
    }

    @Test
    void takesALineAsLongAsTheLimit() {
        SseDecoder small = decoder(10);
        assertThat(small.feed(utf8("data: 1234\n\ndata: 5678\n\n"))).hasSize(2);
    }

    @Test
    void refusesALineOverTheLimitBeforeItsEnd() {
        SseDecoder small = decoder(10);
        small.feed(utf8("data: 12"));
        assertThatThrownBy(() -> small.feed(utf8("345"))).hasMessage("too long");
    }

    @Test
    void refusesAnEventOverTheLimitThoughItsLinesAreShort() {
        SseDecoder small = decoder(12);
        small.feed(utf8("data: 123\n"));
        assertThatThrownBy(() -> small.feed(utf8("data: 456\n"))).hasMessage("too long");
    }

    @Test
    void anUnendingCommentIsRefusedToo() {
        SseDecoder small = decoder(10);
        assertThatThrownBy(() -> small.feed(utf8(": keep-alive keep-alive"))).hasMessage("too long");
    }
}
