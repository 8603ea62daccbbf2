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
import tools.jackson.databind.JsonNode;

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
        assertThat(Json.read(bytes(" \n ")).isMissingNode()).isTrue();
        assertThat(Json.read("").isMissingNode()).isTrue();
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

        assertThat(Json.string(Json.read(bytes("{\"a\":\"" + text + "\"}")), "a"))
                .hasSize(text.length());
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
        JsonNode node = Json.read(
                "{\"s\":\"x\",\"n\":1.9,\"big\":1e999,\"o\":{\"s\":\"y\"},\"a\":[1],\"b\":true,\"null\":null,\"inf\":-Infinity}");

        assertThat(Json.string(node, "s")).isEqualTo("x");
        assertThat(Json.string(node, "o", "s")).isEqualTo("y");
        assertThat(Json.string(node, "n")).isNull();
        assertThat(Json.string(node, "a", "s", "t")).isNull();
        assertThat(Json.scalar(node, "n")).isEqualTo("1.9");
        assertThat(Json.scalar(node, "b")).isEqualTo("true");
        assertThat(Json.scalar(node, "o")).isNull();
        assertThat(Json.whole(node, "n")).isEqualTo(1);
        assertThat(Json.whole(node, "big")).isNull();
        assertThat(Json.whole(node, "inf")).isNull();
        assertThat(Json.whole(node, "s")).isNull();
        assertThat(Json.whole(node, "null")).isNull();
    }

    @ParameterizedTest
    @CsvSource({"'\"10\"',10", "'\" 7 \"',7", "'\"3.9\"',3", "'\"-2\"',-2", "10,10", "3.9,3"})
    void aCountMayBeWrittenAsAString(String value, long expected) {
        assertThat(Json.whole(Json.read("{\"n\":" + value + "}"), "n")).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"\"", "\"ten\"", "\"1e3\"", "\"1234567890123456789012\"", "null", "true", "[1]", "NaN"})
    void whatIsNoCountIsNull(String value) {
        assertThat(Json.whole(Json.read("{\"n\":" + value + "}"), "n")).isNull();
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
