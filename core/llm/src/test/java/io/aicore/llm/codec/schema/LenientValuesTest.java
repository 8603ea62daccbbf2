package io.aicore.llm.codec.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZonedDateTime;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Values in another form than the schema asks for, and those whose meaning would change. */
class LenientValuesTest {

    enum Mood {
        POSITIVE,
        VERY_GOOD,
        Mixed,
        aB,
        AB
    }

    record Feeling(Mood mood) {}

    record Amounts(int whole, long big, double fraction, BigDecimal exact, boolean flag) {}

    record Times(
            @Nullable Instant instant,
            @Nullable OffsetDateTime offset,
            @Nullable ZonedDateTime zoned,
            @Nullable LocalDateTime local,
            @Nullable LocalDate date,
            @Nullable LocalTime time,
            @Nullable OffsetTime offsetTime,
            @Nullable YearMonth month,
            @Nullable Year year) {}

    private static Mood mood(String name) {
        return RecordSchema.of(Feeling.class)
                .decode("{\"mood\":\"" + name + "\"}")
                .mood();
    }

    private static Times times(String field, String value) {
        return RecordSchema.of(Times.class).decode("{\"" + field + "\":" + value + "}");
    }

    @ParameterizedTest
    @CsvSource({
        "POSITIVE, POSITIVE",
        "positive, POSITIVE",
        "' Positive ', POSITIVE",
        "very_good, VERY_GOOD",
        "very-good, VERY_GOOD",
        "Very Good, VERY_GOOD",
        "veryGood, VERY_GOOD",
        "MIXED, Mixed",
        "aB, aB",
        "AB, AB",
    })
    void enumsAreReadInAnyCase(String name, Mood expected) {
        assertThat(mood(name)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"good", "ab", "", "POSITIVE.", "0"})
    void aNameThatIsNoneOrMayBeSeveralDoesNotFit(String name) {
        assertThatExceptionOfType(SchemaMismatchException.class).isThrownBy(() -> mood(name));
    }

    @Test
    void numbersAndBooleansAreReadFromStrings() {
        assertThat(RecordSchema.of(Amounts.class)
                        .decode("{\"whole\":\"3.0\",\"big\":\" 126000 \",\"fraction\":\"-1.5e3\","
                                + "\"exact\":\"0.12345678901234567890\",\"flag\":\"True\"}"))
                .isEqualTo(new Amounts(3, 126_000, -1_500, new BigDecimal("0.12345678901234567890"), true));
    }

    @ParameterizedTest
    @CsvSource({
        "local, 2026-01-31T12:00:00Z, 2026-01-31T12:00",
        "local, 2026-01-31T12:00:00.5+01:00, 2026-01-31T12:00:00.500",
        "local, 2026-01-31t12:00z, 2026-01-31T12:00",
        "local, 2026-01-31 12:00:00, 2026-01-31T12:00",
        "local, '2026-01-31T12:00:00+01:00[Europe/Berlin]', 2026-01-31T12:00",
        "date, 2026-01-31T12:00:00Z, 2026-01-31",
        "date, 2026-01-31 23:59, 2026-01-31",
        "time, 12:30:00Z, 12:30",
        "time, 12:30+02:00, 12:30",
        "time, 2026-01-31T12:30:00, 12:30",
        "offsetTime, 2026-01-31T12:30:00Z, 12:30Z",
        "month, 2026-01-31, 2026-01",
        "month, 2026-01-31T12:00:00Z, 2026-01",
        "instant, 2026-01-31T12:00:00+01:00, 2026-01-31T11:00:00Z",
        "instant, 2026-01-31 12:00:00Z, 2026-01-31T12:00:00Z",
        "offset, '2026-01-31T12:00:00+01:00[Europe/Berlin]', 2026-01-31T12:00+01:00",
        "offset, 2026-01-31T12:00:00+0100, 2026-01-31T12:00+01:00",
        "offset, 2026-01-31 12:00:00 +01:00, 2026-01-31T12:00+01:00",
        "zoned, 2026-01-31 12:00Z, 2026-01-31T12:00Z",
    })
    void whatATimeSaysTooMuchIsLeftOut(String field, String value, String expected) {
        assertThat(times(field, "\"" + value + "\"").toString()).contains(field + "=" + expected);
    }

    @Test
    void aYearMayBeANumber() {
        assertThat(times("year", "2026").year()).isEqualTo(Year.of(2026));
    }

    @ParameterizedTest
    @CsvSource({
        "local, 2026-01-31",
        "instant, 2026-01-31T12:00:00",
        "offset, 2026-01-31T12:00:00",
        "zoned, 2026-01-31",
        "offsetTime, 12:00",
        "time, 2026-01-31",
        "date, 12:00",
        "date, 2026-02-30T12:00:00Z",
        "date, 31.01.2026",
        "date, 2026-01-31 at noon",
        "month, 2026",
        "year, 2026-01-31",
    })
    void whatATimeDoesNotSayIsNotMadeUp(String field, String value) {
        assertThatExceptionOfType(SchemaMismatchException.class).isThrownBy(() -> times(field, "\"" + value + "\""));
    }
}
