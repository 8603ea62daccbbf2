package io.aicore.llm.codec.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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

    @Test
    void halfACharacterIsWrittenAsAReplacement() {
        String halves = "cut \ud83d, \ude00 and 🗼, \\uD83D";

        assertThat(new String(Json.write(Map.of("a", List.of(halves))), StandardCharsets.UTF_8))
                .isEqualTo("{\"a\":[\"cut \ufffd, \ufffd and 🗼, \\\\uD83D\"]}");
    }
}
