package io.aicore.llm.codec.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the objects before have shown changes nothing of what the next one says. */
class RepeatedJsonTest {

    private enum Slot {
        ID,
        TEXT,
        COUNT,
        TIER
    }

    private static final JsonShape SHAPE = JsonShape.of()
            .one("parts", JsonShape.of().text("text", Slot.TEXT).zero("index").build())
            .object("usage", JsonShape.of().count("total", Slot.COUNT).build())
            .text("id", Slot.ID)
            .ignored("created", "noise")
            .empty("error")
            .skipped("details")
            .plain("tier", Slot.TIER)
            .build();
    private static final String FIRST = """
            {"id":"a-1", "created" : 17, "noise":"x\\"y", "parts":[{"index":0,"text":"Gr\u00FC\u00DFe"}],
             "error":"", "details":[{"name":"v"},3.5e2], "usage":{"total":12},
             "tier":{"type":"flex","share":0.5}}""";

    private final ShapedJson json = new ShapedJson(SHAPE);

    RepeatedJsonTest() {
        assertThat(sameAsAlone(FIRST)).isTrue();
    }

    private boolean sameAsAlone(String text) {
        return sameAsAlone(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Whether the object fits; it must, and say the same, if and only if it does for a reader that has read nothing yet. */
    private boolean sameAsAlone(byte[] object) {
        byte[] bytes = new byte[object.length + 4];
        Arrays.fill(bytes, (byte) '"');
        System.arraycopy(object, 0, bytes, 2, object.length);
        ShapedJson alone = new ShapedJson(SHAPE);
        boolean fits = json.fitsAsText(bytes, 2, bytes.length - 2);
        assertThat(fits)
                .as(() -> new String(object, StandardCharsets.UTF_8))
                .isEqualTo(alone.fitsAsText(bytes, 2, bytes.length - 2));
        if (fits) {
            assertThat(json.string(Slot.ID)).isEqualTo(alone.string(Slot.ID));
            assertThat(json.string(Slot.TEXT)).isEqualTo(alone.string(Slot.TEXT));
            assertThat(json.count(Slot.COUNT)).isEqualTo(alone.count(Slot.COUNT));
            assertThat(json.plain(Slot.TIER)).isEqualTo(alone.plain(Slot.TIER));
        }
        return fits;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "more than before",
                "G",
                "Gr\u00FC\u00DFe!",
                "\\n\\t\\r\\b\\f\\/\\\\\\\"",
                "\\u00e4 \\ud83c\\udf88",
                "\uD83C\uDF88",
                "{\\\"text\\\":\\\"\\\"}"
            })
    void readsAnotherString(String text) {
        assertThat(sameAsAlone(FIRST.replace("Gr\u00FC\u00DFe", text))).isTrue();
        assertThat(sameAsAlone(FIRST)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-0", "1", "123456789012345"})
    void readsAnotherCount(String count) {
        assertThat(sameAsAlone(FIRST.replace("12}", count + "}"))).isTrue();
        assertThat(sameAsAlone(FIRST.replace("12}", "5}"))).isTrue();
        assertThat(sameAsAlone(FIRST.replace("12}", count + "}").replace("a-1", "b")))
                .isTrue();
        assertThat(sameAsAlone(FIRST)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "012", "1.5", "1e3", "1234567890123456", "+1", "null", "\"1\"", "1 2", "1,"})
    void takesNoOtherValueForACount(String value) {
        sameAsAlone(FIRST.replace("12}", value + "}"));
        assertThat(sameAsAlone(FIRST)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u0000", "\n", "\\", "\\x", "\\u12", "\"", "\",\"more\":\"", "a\"}],\"b"})
    void takesNothingThatIsNotInAString(String text) {
        sameAsAlone(FIRST.replace("Gr\u00FC\u00DFe", text));
        assertThat(sameAsAlone(FIRST)).isTrue();
    }

    @Test
    void theStringsThatChangeAreTheNextOnes() {
        assertThat(sameAsAlone(FIRST.replace("a-1", "b").replace("x\\\"y", "?").replace("\"v\"", "\"\"")))
                .isTrue();
        assertThat(sameAsAlone(FIRST.replace("\"error\":\"\"", "\"error\":\"no\"")))
                .isFalse();
        assertThat(sameAsAlone(FIRST.replace("\"index\":0", "\"index\":1"))).isFalse();
        assertThat(sameAsAlone(FIRST.replace("17", "18"))).isTrue();
        assertThat(sameAsAlone(FIRST.replace("flex", "x").replace("0.5", "1"))).isTrue();
    }

    @Test
    void aLongObjectIsParsedEachTime() {
        String much = FIRST.replace("a-1", "a".repeat(100_000));
        assertThat(sameAsAlone(much)).isTrue();
        assertThat(sameAsAlone(much.replace("Gr", "gr"))).isTrue();
        String many = FIRST.replace("3.5e2", "\"\",".repeat(40_000) + "1");
        assertThat(sameAsAlone(many)).isTrue();
        assertThat(sameAsAlone(FIRST)).isTrue();
    }

    @Test
    void mutationsAreReadAsByAReaderThatHasReadNothing() {
        Random random = new Random(7);
        byte[] alphabet = "\"\\{}[]:, 019-.eEntu\u00FC\u0001".getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = FIRST.getBytes(StandardCharsets.UTF_8);
            for (int change = random.nextInt(3); change >= 0; change--) {
                int at = random.nextInt(bytes.length);
                byte other = alphabet[random.nextInt(alphabet.length)];
                int removed = random.nextInt(3);
                byte[] rest = Arrays.copyOfRange(bytes, Math.min(bytes.length, at + removed), bytes.length);
                int added = random.nextInt(2);
                byte[] changed = Arrays.copyOf(bytes, at + added + rest.length);
                if (added == 1) {
                    changed[at] = other;
                }
                System.arraycopy(rest, 0, changed, at + added, rest.length);
                bytes = changed;
            }
            sameAsAlone(bytes);
            if (random.nextInt(4) == 0) {
                sameAsAlone(FIRST);
            }
        }
    }
}
