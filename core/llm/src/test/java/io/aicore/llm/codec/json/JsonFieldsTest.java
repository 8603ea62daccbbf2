package io.aicore.llm.codec.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonFieldsTest {

    private static final JsonFields TREE = Json.read(
            "{\"b\":[1,\"x\",null,2.5],\"a\":{\"c\":{\"d\":\"deep\"}},\"n\":null,\"t\":true,\"s\":\"true\",\"e\":[]}");

    @Test
    void aPathLeadsThroughObjects() {
        assertThat(TREE.text("a", "c", "d")).isEqualTo("deep");
        assertThat(TREE.at("a", "c").at("d").text()).isEqualTo("deep");
        assertThat(TREE.at("a", "x", "d").isMissing()).isTrue();
        assertThat(TREE.at("b").at(1).text()).isEqualTo("x");
        assertThat(TREE.at("b").at(9).isMissing()).isTrue();
        assertThat(TREE.at("b").at(-1).isMissing()).isTrue();
        assertThat(TREE.at()).isSameAs(TREE);
    }

    @Test
    void presenceIsTold() {
        assertThat(TREE.has("n")).isTrue();
        assertThat(TREE.has("x")).isFalse();
        assertThat(TREE.at("n").isNull()).isTrue();
        assertThat(TREE.at("n").isMissing()).isFalse();
        assertThat(TREE.at("n").isAbsent()).isTrue();
        assertThat(TREE.at("x").isAbsent()).isTrue();
        assertThat(TREE.at("x").isNull()).isFalse();
        assertThat(TREE.at("e").isEmpty()).isTrue();
        assertThat(TREE.at("a").isEmpty()).isFalse();
    }

    @Test
    void elementsAndMembersKeepTheirOrder() {
        assertThat(TREE.at("b").elements()).extracting(JsonFields::raw).containsExactly("1", "\"x\"", "null", "2.5");
        assertThat(TREE.at("b").members()).isEmpty();
        assertThat(TREE.at("a").elements()).isEmpty();
        assertThat(TREE.members()).containsOnlyKeys("b", "a", "n", "t", "s", "e");
        assertThat(TREE.members().keySet()).containsExactly("b", "a", "n", "t", "s", "e");
        assertThat(TREE.size()).isEqualTo(6);
    }

    @ParameterizedTest
    @CsvSource({"t,true", "s,true", "n,false", "x,false", "b,false"})
    void trueMayBeWrittenAsAString(String field, boolean expected) {
        assertThat(TREE.isTrue(field)).isEqualTo(expected);
    }

    @Test
    void numbersOfAnArrayAreReadAtOnce() {
        assertThat(TREE.at("b").floats()).containsExactly(1, Float.NaN, Float.NaN, 2.5f);
        assertThat(TREE.at("a").floats()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "999999999999999, 999999999999999",
        "9223372036854774000, 0",
        "'\"9223372036854774000\"', 0",
        "1e300, 0",
        "-1e300, 0",
        "1e999, 0"
    })
    void aCountThatNobodyReachesIsNone(String json, long expected) {
        assertThat(Json.read(json).count()).isEqualTo(expected);
    }

    @Test
    void aNumberIsReadAsItWasWritten() {
        assertThat(Json.readExact("{\"n\":0.10}").number("n")).hasToString("0.10");
        assertThat(Json.read("12345678901234567890").number()).hasToString("12345678901234567890");
        assertThat(TREE.number("s")).isNull();
    }

    @Test
    void plainValuesAreACopy() {
        Map<String, Object> copy = TREE.at("a").object();
        copy.put("more", 1);

        assertThat(TREE.at("a").object()).containsExactly(entry("c", Map.of("d", "deep")));
        assertThat(TREE.at("b").object()).isEmpty();
        assertThat(TREE.at("n").plain()).isNull();
        assertThat(TREE.at("x").plain()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":[1,{\"b\":null}],\"c\":\"\\\"\"}", "[]", "null", "\"x\"", "-1.5", "false"})
    void whatWasReadIsWrittenAgain(String json) {
        JsonFields read = Json.read(json);

        assertThat(read.raw()).isEqualTo(json);
        assertThat(new String(Json.write(Map.of("in", List.of(read))), StandardCharsets.UTF_8))
                .isEqualTo("{\"in\":[" + json + "]}");
        assertThat(JsonFields.of(read.plain()).raw()).isEqualTo(json);
    }

    @Test
    void nothingIsWrittenAsNothing() {
        assertThat(JsonFields.MISSING.raw()).isEmpty();
    }

    @Test
    void plainValuesMayHoldWhatWasRead() {
        assertThat(JsonFields.of(Map.of("in", TREE.at("a"))).text("in", "c", "d"))
                .isEqualTo("deep");
    }

    @Test
    void equalContentIsEqual() {
        assertThat(Json.read("{\"a\":1}"))
                .isEqualTo(Json.read(" {\"a\" : 1}"))
                .hasSameHashCodeAs(Json.read("{\"a\":1}"));
        assertThat(Json.read("{\"a\":1}")).isNotEqualTo(Json.read("{\"a\":2}"));
    }

    @Test
    void itsTextHasNothingOfTheContent() {
        assertThat(Json.read("{\"prompt\":\"secret\"}")).hasToString("JsonFields[OBJECT of 1]");
        assertThat(Json.read("\"secret\"")).hasToString("JsonFields[STRING]");
    }
}
