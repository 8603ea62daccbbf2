package io.aicore.llm.codec.schema;

import io.aicore.llm.codec.json.JsonFields;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.DateTimeException;
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
import java.time.ZonedDateTime;
import java.time.temporal.TemporalQuery;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** The types with a single value. Formats are limited to those of strict modes; others are in the description. */
final class Scalars {

    private static final Map<Class<?>, Scalar> ALL = new HashMap<>();

    static {
        put(String.class, type("string"), "a string", node -> node.isString() ? node.text() : null);
        put(boolean.class, type("boolean"), "true or false", Scalars::flag);
        put(Boolean.class, type("boolean"), "true or false", Scalars::flag);
        whole(byte.class, Byte.class, Byte.MIN_VALUE, Byte.MAX_VALUE, value -> (byte) value);
        whole(short.class, Short.class, Short.MIN_VALUE, Short.MAX_VALUE, value -> (short) value);
        whole(int.class, Integer.class, Integer.MIN_VALUE, Integer.MAX_VALUE, value -> (int) value);
        whole(long.class, Long.class, Long.MIN_VALUE, Long.MAX_VALUE, value -> value);
        put(BigInteger.class, type("integer"), "a whole number", Numbers::whole);
        for (Class<?> kind : List.of(double.class, Double.class)) {
            put(kind, type("number"), "a number", Numbers::fraction);
        }
        for (Class<?> kind : List.of(float.class, Float.class)) {
            put(kind, type("number"), "a number", Scalars::single);
        }
        put(BigDecimal.class, type("number"), "a number", Numbers::decimal);
        moment(Instant.class, "date-time", "a point in time, as 2026-01-31T12:00:00Z", Instant::parse, Instant::from);
        moment(
                OffsetDateTime.class,
                "date-time",
                "a point in time, as 2026-01-31T12:00:00+01:00",
                OffsetDateTime::parse,
                OffsetDateTime::from);
        moment(
                ZonedDateTime.class,
                "date-time",
                "a point in time, as 2026-01-31T12:00:00+01:00",
                ZonedDateTime::parse,
                ZonedDateTime::from);
        moment(LocalDate.class, "date", "a date, as 2026-01-31", LocalDate::parse, LocalDate::from);
        moment(OffsetTime.class, "time", "a time, as 12:00:00+01:00", OffsetTime::parse, OffsetTime::from);
        text(Duration.class, "duration", "a duration, as PT1H30M", Duration::parse);
        text(UUID.class, "uuid", "a UUID", UUID::fromString);
        moment(
                LocalDateTime.class,
                null,
                "a date and time without a zone, as 2026-01-31T12:00:00",
                LocalDateTime::parse,
                LocalDateTime::from);
        moment(LocalTime.class, null, "a time of day, as 12:00:00", LocalTime::parse, LocalTime::from);
        text(Period.class, null, "a period of days, months and years, as P1Y2M3D", Period::parse);
        moment(YearMonth.class, null, "a month, as 2026-01", YearMonth::parse, YearMonth::from);
        text(Year.class, null, "a year, as 2026", Year::parse);
        numberToo(Year.class, Year.MIN_VALUE, Year.MAX_VALUE, value -> Year.of((int) value));
        text(URI.class, null, "a URI", URI::create);
    }

    private Scalars() {}

    static @Nullable Scalar of(Class<?> kind) {
        return kind.isEnum() ? choice(kind) : ALL.get(kind);
    }

    private static Scalar choice(Class<?> kind) {
        Names names = Names.of(kind);
        Map<String, Object> schema = type("string");
        schema.put("enum", names.exact());
        return new Scalar(
                schema,
                "one of " + names.exact(),
                node -> node.isString() ? names.constant(node.text().strip()) : null);
    }

    private static void whole(Class<?> bare, Class<?> boxed, long least, long most, LongFunction<Object> cast) {
        Function<JsonFields, @Nullable Object> reader = node -> {
            Long value = Numbers.whole(node, least, most);
            return value == null ? null : cast.apply(value);
        };
        for (Class<?> kind : Arrays.asList(bare, boxed)) {
            put(kind, type("integer"), "a whole number from " + least + " to " + most, reader);
        }
    }

    private static <T> void moment(
            Class<T> kind,
            @Nullable String format,
            String expected,
            Function<String, T> parser,
            TemporalQuery<T> query) {
        text(kind, format, expected, Moments.lenient(parser, query));
    }

    private static void text(Class<?> kind, @Nullable String format, String expected, Function<String, Object> parser) {
        Map<String, Object> schema = type("string");
        schema.put(format == null ? "description" : "format", format == null ? expected : format);
        put(kind, schema, expected, node -> {
            try {
                return node.isString() ? parser.apply(node.text().strip()) : null;
            } catch (DateTimeException | IllegalArgumentException e) {
                return null;
            }
        });
    }

    /** For strings that models tend to write as a number. */
    private static void numberToo(Class<?> kind, long least, long most, LongFunction<Object> cast) {
        Scalar text = Objects.requireNonNull(ALL.get(kind));
        put(kind, text.schema(), text.expected(), node -> {
            Long value = node.isNumber() ? Numbers.whole(node, least, most) : null;
            return value == null ? text.reader().apply(node) : cast.apply(value);
        });
    }

    private static @Nullable Object flag(JsonFields node) {
        if (node.isBoolean()) {
            return node.isTrue();
        }
        return switch (node.text().strip().toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> null;
        };
    }

    private static @Nullable Object single(JsonFields node) {
        Double value = Numbers.fraction(node);
        return value == null || Float.isInfinite(value.floatValue()) ? null : (Object) value.floatValue();
    }

    private static void put(
            Class<?> kind, Map<String, Object> schema, String expected, Function<JsonFields, @Nullable Object> reader) {
        ALL.put(kind, new Scalar(schema, expected, reader));
    }

    private static Map<String, Object> type(String type) {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", type);
        return schema;
    }
}
