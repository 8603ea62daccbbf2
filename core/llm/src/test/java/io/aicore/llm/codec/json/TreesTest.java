package io.aicore.llm.codec.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Compares with Jackson's mapper. */
class TreesTest {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS, JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
            .disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "true",
                "\"text\"",
                "0",
                "-1.50",
                "1e999",
                "NaN",
                "-Infinity",
                "2147483648",
                "9223372036854775808",
                "1.00000000000000000000000001",
                "[]",
                "{}",
                "[[],{},[1,[2]]]",
                "{\"a\":1,\"b\":{\"c\":[null,false,\"\\ud83d\\ude00 \\u0000\"]},\"a\":{\"d\":2}}",
                "{\"a\":\"raw\nbreak\"} and more",
                "\uFEFF{}"
            })
    void treesAndTextsAreThoseOfTheMapper(String json) {
        JsonFields tree = Json.read(json.getBytes(UTF_8));

        assertThat(tree.node()).isEqualTo(MAPPER.readTree(json.getBytes(UTF_8)));
        assertThat(tree.raw()).isEqualTo(tree.isMissing() ? "" : MAPPER.writeValueAsString(tree.node()));
        assertThat(tree.plain()).isEqualTo(MAPPER.treeToValue(tree.node(), Object.class));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{", "[1", "[1,]", "{\"a\"}", "{\"a\":}", "{1:2}", "]", "}", "nul", "01", "+1", "'a'", "[1 2]"})
    void whatTheMapperRefusesIsRefused(String json) {
        assertThatThrownBy(() -> MAPPER.readTree(json)).isNotNull();
        assertThatThrownBy(() -> Json.read(json)).isInstanceOf(MalformedJsonException.class);
        assertThatThrownBy(() -> Json.read(json.getBytes(UTF_8))).isInstanceOf(MalformedJsonException.class);
    }

    static List<@Nullable Object> values() {
        Map<@Nullable Object, @Nullable Object> names = new LinkedHashMap<>();
        names.put(DayOfWeek.MONDAY, List.of(Optional.of("x")));
        return Arrays.asList(
                "text \u2028 \\ \"",
                (short) 1,
                (byte) 2,
                3,
                4L,
                5.5f,
                Float.NaN,
                6.25,
                Double.NEGATIVE_INFINITY,
                new BigDecimal("7.10"),
                new BigInteger("8".repeat(30)),
                true,
                null,
                DayOfWeek.FRIDAY,
                new int[] {1, 2},
                Set.of("one"),
                new TextSize("t", 3),
                names,
                Arrays.asList(1, null, Map.of("a", List.of(new TextSize("u", 4)))));
    }

    record TextSize(String text, int size) {}

    @ParameterizedTest
    @MethodSource("values")
    void plainValuesAreThoseOfTheMapper(@Nullable Object value) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        object.put("value", value);

        assertThat(new String(Json.write(object), UTF_8)).isEqualTo(MAPPER.writeValueAsString(object));
        assertThat(JsonFields.of(object).node()).isEqualTo(MAPPER.valueToTree(object));
    }

    @Test
    void ourTypesStandAnywhere() {
        Object nested = Map.of(
                "a",
                List.of(new TextMessage("user", "x"), Json.read("[1.50,null]")),
                "b",
                Optional.of(Json.read("{}")));

        assertThat(JsonFields.of(nested).raw())
                .isEqualTo(Json.read(new String(Json.write(Json.copy(nested)), UTF_8))
                        .raw());
        assertThat(JsonFields.of(nested).at("a").at(0).text("content")).isEqualTo("x");
        assertThat(JsonFields.of(nested).at("b").isObject()).isTrue();
    }

    @Test
    void whatHasNoFormOrNoEndIsMalformed() {
        List<Object> endless = new ArrayList<>();
        endless.add(endless);
        Map<@Nullable String, String> unnamed = new LinkedHashMap<>();
        unnamed.put(null, "x");

        for (Object value : List.of(endless, unnamed)) {
            assertThatThrownBy(() -> Json.write(Map.of("a", value))).isInstanceOf(MalformedJsonException.class);
            assertThatThrownBy(() -> JsonFields.of(value)).isInstanceOf(MalformedJsonException.class);
        }
    }
}
