package io.aicore.llm.codec.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":", "sk-secret", "{\"a\":sk-secret}", "{\"a\" \"sk-secret\"}"})
    void whatIsNoJsonFailsWithoutItsContent(String text) {
        assertThatThrownBy(() -> Json.read(bytes(text)))
                .isInstanceOf(MalformedJsonException.class)
                .hasNoCause()
                .hasMessageContaining("line 1")
                .hasMessageNotContaining("secret");
    }

    @Test
    void nothingIsAMissingNode() {
        assertThat(Json.read(bytes(" \n ")).isMissing()).isTrue();
        assertThat(Json.read("").isMissing()).isTrue();
    }

    @Test
    void depthIsBoundedBothWays() {
        Map<String, Object> object = new LinkedHashMap<>();
        for (int i = 0; i < 1_000; i++) {
            object = new LinkedHashMap<>(Map.of("a", object));
        }
        Map<String, Object> deep = object;

        assertThatThrownBy(() -> Json.read("[".repeat(1_000))).isInstanceOf(MalformedJsonException.class);
        assertThatThrownBy(() -> Json.write(deep)).isInstanceOf(MalformedJsonException.class);
    }

    @Test
    void stringsOfTensOfMegabytesPass() {
        String text = "x".repeat(30 * 1024 * 1024);

        assertThat(Json.read(bytes("{\"a\":\"" + text + "\"}")).string("a")).hasSize(text.length());
    }

    @Test
    void writesMapsInTheirOwnOrder() {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("z", 1);
        object.put("a", null);
        object.put("m", new ArrayList<>(List.of("ü", 0.5, true)));

        assertThat(new String(Json.write(object), StandardCharsets.UTF_8))
                .isEqualTo("{\"z\":1,\"a\":null,\"m\":[\"ü\",0.5,true]}");
    }

    @Test
    void accessorsNeverThrow() {
        JsonFields node = Json.read(
                "{\"s\":\"x\",\"n\":1.9,\"big\":1e999,\"o\":{\"s\":\"y\"},\"a\":[1],\"b\":true,\"null\":null,\"inf\":-Infinity}");

        assertThat(node.string("s")).isEqualTo("x");
        assertThat(node.string("o", "s")).isEqualTo("y");
        assertThat(node.string("n")).isNull();
        assertThat(node.string("a", "s", "t")).isNull();
        assertThat(node.scalar("n")).isEqualTo("1.9");
        assertThat(node.scalar("b")).isEqualTo("true");
        assertThat(node.scalar("o")).isNull();
        assertThat(node.whole("n")).isEqualTo(1);
        assertThat(node.whole("big")).isNull();
        assertThat(node.whole("inf")).isNull();
        assertThat(node.whole("s")).isNull();
        assertThat(node.whole("null")).isNull();
    }

    @ParameterizedTest
    @CsvSource({"'\"10\"',10", "'\" 7 \"',7", "'\"3.9\"',3", "'\"-2\"',-2", "10,10", "3.9,3"})
    void aCountMayBeWrittenAsAString(String value, long expected) {
        assertThat(Json.read("{\"n\":" + value + "}").whole("n")).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"\"", "\"ten\"", "\"1e3\"", "\"1234567890123456789012\"", "null", "true", "[1]", "NaN"})
    void whatIsNoCountIsNull(String value) {
        assertThat(Json.read("{\"n\":" + value + "}").whole("n")).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", " {\"a\":1}\n"})
    void oneObjectIsAnObject(String text) {
        assertThat(Json.isObject(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "[]", "null", "{}{}", "{\"a\":1} {\"b\":2}", "{} and so on", "{}]", "{\"a\":1", "\"{}\""})
    void whatIsMoreOrLessThanOneObjectIsNone(String text) {
        assertThat(Json.isObject(text)).isFalse();
    }

    /** The generator's buffer has 8,000 bytes, and a pooled one is kept up to a mebibyte. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7_989, 7_990, 7_991, 7_992, 7_993, 16_000, 100_000, 3_000_000, 50})
    void writesTextsOfAnyLength(int length) {
        String text = "\u00FC".repeat(length / 2) + "x".repeat(length - length / 2 * 2);

        assertThat(new String(Json.write(Map.of("text", text)), StandardCharsets.UTF_8))
                .isEqualTo("{\"text\":\"" + text + "\"}");
    }

    @Test
    void aLongPromptCostsItsOwnArray() {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        Map<String, String> body = Map.of("text", "x".repeat(200_000));
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 20; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            byte[] written = Json.write(body);
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
            assertThat(written).hasSize(200_011);
        }

        assertThat(least).isBetween(200_000L, 210_000L);
    }

    @Test
    void halfACharacterIsWrittenAsAReplacement() {
        String halves = "cut \ud83d, \ude00 and 🗼, \\uD83D";

        assertThat(new String(Json.write(Map.of("a", List.of(halves))), StandardCharsets.UTF_8))
                .isEqualTo("{\"a\":[\"cut \ufffd, \ufffd and 🗼, \\\\uD83D\"]}");
    }
}
