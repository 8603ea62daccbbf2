package io.aicore.llm.codec.schema;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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

    record Elements(List<@Nullable Integer> values) {}

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
}
