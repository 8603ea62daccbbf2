package io.aicore.llm.codec.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Records as JSON schema, and JSON as records. */
class RecordSchemaTest {

    enum Size {
        SMALL,
        LARGE
    }

    @Description("One line of an order")
    record Line(String article, @Description("pieces") int count) {}

    record Order(
            String id,
            List<Line> lines,
            Set<String> tags,
            Size size,
            Optional<Size> wanted,
            @Nullable Line gift,
            Optional<List<String>> notes) {}

    record Numbers(byte b, Short s, int i, Long l, BigInteger big, float f, Double d, BigDecimal exact, boolean flag) {}

    record Times(
            Instant instant,
            OffsetDateTime offset,
            ZonedDateTime zoned,
            LocalDate date,
            LocalTime time,
            OffsetTime offsetTime,
            LocalDateTime local,
            Duration duration,
            Period period,
            YearMonth month,
            Year year,
            UUID uuid,
            URI uri) {}

    record Scores(Map<String, Integer> points) {}

    record Percent(int value) {
        Percent {
            if (value > 100) {
                throw new IllegalArgumentException("value: " + value + " (expected: 0 to 100)");
            }
        }
    }

    record Picky(String word) {
        Picky {
            if (word.isEmpty()) {
                throw new IllegalStateException("no word");
            }
        }
    }

    record Node(String name, List<Node> children) {}

    sealed interface Animal {}

    record Cat(String name) implements Animal {}

    record Zoo(List<Animal> animals) {}

    record Old(Date date) {}

    record Wild(List<? extends String> names) {}

    record Page<T>(List<T> items) {}

    record Pages(Page<String> page) {}

    record Numbered(Map<Integer, String> byNumber) {}

    @SuppressWarnings("NullablePrimitive") // what a user may write by mistake
    record Maybe(@Nullable int count) {}

    record Elements(List<@Nullable Integer> values) {}

    record D11(String s) {}

    record D10(D11 d) {}

    record D9(D10 d) {}

    record D8(D9 d) {}

    record D7(D8 d) {}

    record D6(D7 d) {}

    record D5(D6 d) {}

    record D4(D5 d) {}

    record D3(D4 d) {}

    record D2(D3 d) {}

    record D1(D2 d) {}

    private static <T> SchemaMismatchException mismatch(Class<T> type, String json) {
        return catchThrowableOfType(
                SchemaMismatchException.class, () -> RecordSchema.of(type).decode(json));
    }

    @Test
    void namesEveryFieldAsRequiredAndAllowsNoOthers() {
        assertThat(RecordSchema.of(Order.class).text())
                .isEqualTo("{\"type\":\"object\",\"properties\":{\"id\":{\"type\":\"string\"},"
                        + "\"lines\":{\"type\":\"array\",\"items\":{\"type\":\"object\","
                        + "\"description\":\"One line of an order\",\"properties\":{\"article\":{\"type\":\"string\"},"
                        + "\"count\":{\"type\":\"integer\",\"description\":\"pieces\"}},"
                        + "\"required\":[\"article\",\"count\"],\"additionalProperties\":false}},"
                        + "\"tags\":{\"type\":\"array\",\"items\":{\"type\":\"string\"}},"
                        + "\"size\":{\"type\":\"string\",\"enum\":[\"SMALL\",\"LARGE\"]},"
                        + "\"wanted\":{\"type\":[\"string\",\"null\"],\"enum\":[\"SMALL\",\"LARGE\",null]},"
                        + "\"gift\":{\"anyOf\":[{\"type\":\"object\",\"description\":\"One line of an order\","
                        + "\"properties\":{\"article\":{\"type\":\"string\"},"
                        + "\"count\":{\"type\":\"integer\",\"description\":\"pieces\"}},"
                        + "\"required\":[\"article\",\"count\"],\"additionalProperties\":false},{\"type\":\"null\"}]},"
                        + "\"notes\":{\"type\":[\"array\",\"null\"],\"items\":{\"type\":\"string\"}}},"
                        + "\"required\":[\"id\",\"lines\",\"tags\",\"size\",\"wanted\",\"gift\",\"notes\"],"
                        + "\"additionalProperties\":false}");
        assertThat(RecordSchema.of(Order.class).strict()).isTrue();
        assertThat(RecordSchema.of(Order.class).name()).isEqualTo("Order");
    }

    @Test
    void aMapIsAnObjectWithOpenKeysAndNothingForStrictModes() {
        assertThat(RecordSchema.of(Scores.class).text())
                .contains("\"points\":{\"type\":\"object\",\"additionalProperties\":{\"type\":\"integer\"}}");
        assertThat(RecordSchema.of(Scores.class).strict()).isFalse();
        assertThat(RecordSchema.of(Scores.class).decode("{\"points\":{\"a b\":1,\"c\":2}}"))
                .isEqualTo(new Scores(Map.of("a b", 1, "c", 2)));
    }

    @Test
    void readsNestedRecords() {
        Order order = RecordSchema.of(Order.class)
                .decode("{\"id\":\"7\",\"lines\":[{\"article\":\"cup\",\"count\":2,\"unknown\":[1]}],"
                        + "\"tags\":[\"b\",\"a\",\"b\"],\"size\":\"LARGE\",\"wanted\":\"SMALL\","
                        + "\"gift\":{\"article\":\"pen\",\"count\":1},\"notes\":[\"x\"]}");

        assertThat(order)
                .isEqualTo(new Order(
                        "7",
                        List.of(new Line("cup", 2)),
                        Set.of("a", "b"),
                        Size.LARGE,
                        Optional.of(Size.SMALL),
                        new Line("pen", 1),
                        Optional.of(List.of("x"))));
        assertThat(order.tags()).containsExactly("b", "a");
    }

    @ParameterizedTest
    @ValueSource(strings = {",\"wanted\":null,\"gift\":null,\"notes\":null}", "}"})
    void whatIsOptionalMayBeNullOrLeftOut(String rest) {
        Order order =
                RecordSchema.of(Order.class).decode("{\"id\":\"7\",\"lines\":[],\"tags\":[],\"size\":\"LARGE\"" + rest);

        assertThat(order.wanted()).isEmpty();
        assertThat(order.gift()).isNull();
        assertThat(order.notes()).isEmpty();
    }

    @Test
    void elementsMayBeNullWhereTheyAreNullable() {
        assertThat(RecordSchema.of(Elements.class)
                        .decode("{\"values\":[1,null]}")
                        .values())
                .containsExactly(1, null);
    }

    @Test
    void readsNumbersWithoutLoss() {
        assertThat(RecordSchema.of(Numbers.class)
                        .decode("{\"b\":-128,\"s\":3.0,\"i\":2e3,\"l\":9223372036854775807,"
                                + "\"big\":92233720368547758070,\"f\":0.5,\"d\":1,"
                                + "\"exact\":0.12345678901234567890,\"flag\":true}"))
                .isEqualTo(new Numbers(
                        (byte) -128,
                        (short) 3,
                        2_000,
                        Long.MAX_VALUE,
                        new BigInteger("92233720368547758070"),
                        0.5f,
                        1.0,
                        new BigDecimal("0.12345678901234567890"),
                        true));
    }

    @ParameterizedTest
    @CsvSource({
        "b, 128, a whole number from -128 to 127",
        "s, 1.5, a whole number from -32768 to 32767",
        "i, '\"1,000\"', a whole number from -2147483648 to 2147483647",
        "i, '\"1.5\"', a whole number from -2147483648 to 2147483647",
        "i, '\"\"', a whole number from -2147483648 to 2147483647",
        "i, true, a whole number from -2147483648 to 2147483647",
        "l, 9223372036854775808, a whole number from -9223372036854775808 to 9223372036854775807",
        "big, 1e999999999, a whole number",
        "big, 1e-999999999, a whole number",
        "f, 1e39, a number",
        "d, 1e999999999, a number",
        "d, NaN, a number",
        "d, '\"NaN\"', a number",
        "exact, '\"1 %\"', a number",
        "flag, '\"yes\"', true or false",
        "flag, 1, true or false",
    })
    void numbersThatDoNotFitAreNeverBent(String field, String value, String expected) {
        String json = "{\"b\":0,\"s\":0,\"i\":0,\"l\":0,\"big\":0,\"f\":0,\"d\":0,\"exact\":0,\"flag\":false,\"" + field
                + "\":" + value + "}";

        assertThat(mismatch(Numbers.class, json).mismatches())
                .containsExactly(new SchemaMismatch("$." + field, expected, null));
    }

    @Test
    void readsTimesAndOthersFromTheirIsoForm() {
        String json = "{\"instant\":\"2026-01-31T12:00:00Z\",\"offset\":\"2026-01-31T12:00:00+01:00\","
                + "\"zoned\":\"2026-01-31T12:00:00+01:00\",\"date\":\" 2026-01-31 \",\"time\":\"12:30\","
                + "\"offsetTime\":\"12:00:00+01:00\",\"local\":\"2026-01-31T12:00:00\",\"duration\":\"PT1H\","
                + "\"period\":\"P1Y\",\"month\":\"2026-01\",\"year\":\"2026\","
                + "\"uuid\":\"00000000-0000-0000-0000-000000000001\",\"uri\":\"https://host/a\"}";
        OffsetDateTime offset = OffsetDateTime.of(2026, 1, 31, 12, 0, 0, 0, ZoneOffset.ofHours(1));

        assertThat(RecordSchema.of(Times.class).decode(json))
                .isEqualTo(new Times(
                        Instant.parse("2026-01-31T12:00:00Z"),
                        offset,
                        offset.toZonedDateTime(),
                        LocalDate.of(2026, 1, 31),
                        LocalTime.of(12, 30),
                        offset.toOffsetTime(),
                        offset.toLocalDateTime(),
                        Duration.ofHours(1),
                        Period.ofYears(1),
                        YearMonth.of(2026, 1),
                        Year.of(2026),
                        new UUID(0, 1),
                        URI.create("https://host/a")));
        assertThat(RecordSchema.of(Times.class).text())
                .contains("\"instant\":{\"type\":\"string\",\"format\":\"date-time\"}")
                .contains("\"date\":{\"type\":\"string\",\"format\":\"date\"}")
                .contains("\"local\":{\"type\":\"string\",\"description\":\"a date and time without a zone");
    }

    @Test
    void saysEveryPlaceThatDoesNotFitAndNothingOfTheContent() {
        SchemaMismatchException mismatch = mismatch(
                Order.class,
                "{\"id\":5,\"lines\":[{\"article\":\"cup\",\"count\":1},{\"article\":\"secret\"}],\"tags\":\"secret\","
                        + "\"size\":\"secret\",\"gift\":\"secret\"}");

        assertThat(mismatch)
                .hasMessage("$.id: (expected: a string); $.lines[1].count: (expected: a value, and it is missing);"
                        + " $.tags: (expected: an array); $.size: (expected: one of [SMALL, LARGE]);"
                        + " $.gift: (expected: an object)");
        assertThat(mismatch.forTheModel()).startsWith("- $.id: (expected: a string)\n- $.lines[1].count");
    }

    @Test
    void aNullWhereAValueMustBeDoesNotFit() {
        assertThat(mismatch(Line.class, "{\"article\":null,\"count\":1}"))
                .hasMessage("$.article: (expected: a string)");
    }

    @Test
    void keysOfMapsAreShownOnlyAsNames() {
        assertThat(mismatch(Scores.class, "{\"points\":{\"ann\":\"x\",\"a long secret\":\"x\"}}"))
                .hasMessageContaining("$.points.ann:")
                .hasMessageContaining("$.points[key]:")
                .hasMessageNotContaining("secret");
    }

    @Test
    void toldAreTheFirstTenMismatches() {
        String json = "{\"values\":[" + "\"x\",".repeat(1_000) + "1]}";

        assertThat(mismatch(Elements.class, json).mismatches()).hasSize(10);
    }

    @Test
    void whatTheConstructorSaysIsForTheModelAlone() {
        SchemaMismatchException mismatch = mismatch(Percent.class, "{\"value\":250}");

        assertThat(mismatch).hasMessage("$: (expected: values that Percent accepts)");
        assertThat(mismatch.forTheModel())
                .isEqualTo("- $: (expected: values that Percent accepts): value: 250 (expected: 0 to 100)");
        assertThat(mismatch(Picky.class, "{\"word\":\"\"}").forTheModel())
                .isEqualTo("- $: (expected: values that Picky accepts)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "```json\n{\"article\":\"cup\",\"count\":2}\n```",
                "```\n{\"article\":\"cup\",\"count\":2}```",
                "  {\"article\":\"cup\",\"count\":2}\n"
            })
    void takesJsonOutOfItsFence(String text) {
        assertThat(RecordSchema.of(Line.class).decode(text)).isEqualTo(new Line("cup", 2));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "here you are", "{\"article\":", "```json```", "[1]", "```"})
    void whatIsNoObjectDoesNotFit(String text) {
        assertThat(mismatch(Line.class, text)).hasMessageStartingWith("$: (expected: ");
    }

    @ParameterizedTest
    @CsvSource({
        "Node, Node.children[], a record that does not hold itself",
        "Zoo, Zoo.animals[], 'a record, an enum'",
        "Old, Old.date, 'a record, an enum'",
        "Wild, Wild.names[], 'a record, an enum'",
        "Page, Page.items[], 'a record, an enum'",
        "Pages, Pages.page, 'a record, an enum'",
        "Numbered, Numbered.byNumber, 'Map<String, …>'",
        "Maybe, Maybe.count, a type that can be null",
        "Size, Size, a record",
        "D1, D1.d.d.d.d.d.d.d.d.d.d, at most 10 records",
    })
    void refusesWhatASchemaCannotSayNamingTheComponent(String type, String path, String expected)
            throws ClassNotFoundException {
        Class<?> kind = Class.forName(RecordSchemaTest.class.getName() + "$" + type);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> RecordSchema.of(kind))
                .withMessageStartingWith(path + ": ")
                .withMessageContaining("(expected: ")
                .withMessageContaining(expected);
    }

    @Test
    void tenRecordsWithinEachOtherAreFine() {
        assertThat(RecordSchema.of(D2.class).strict()).isTrue();
    }
}
