package io.aicore.llm.codec.schema;

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
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The types that are one value each. Formats are those that strict modes know; for the others the description says it. */
final class Scalars {

    private static final Map<Class<?>, Scalar> ALL = new HashMap<>();

    static {
        put(String.class, type("string"), "a string", node -> node.isString() ? node.stringValue() : null);
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
        text(Instant.class, "date-time", "a point in time, as 2026-01-31T12:00:00Z", Instant::parse);
        text(OffsetDateTime.class, "date-time", "a point in time, as 2026-01-31T12:00:00+01:00", OffsetDateTime::parse);
        text(ZonedDateTime.class, "date-time", "a point in time, as 2026-01-31T12:00:00+01:00", ZonedDateTime::parse);
        text(LocalDate.class, "date", "a date, as 2026-01-31", LocalDate::parse);
        text(OffsetTime.class, "time", "a time, as 12:00:00+01:00", OffsetTime::parse);
        text(Duration.class, "duration", "a duration, as PT1H30M", Duration::parse);
        text(UUID.class, "uuid", "a UUID", UUID::fromString);
        text(LocalDateTime.class, null, "a date and time without a zone, as 2026-01-31T12:00:00", LocalDateTime::parse);
        text(LocalTime.class, null, "a time of day, as 12:00:00", LocalTime::parse);
        text(Period.class, null, "a period of days, months and years, as P1Y2M3D", Period::parse);
        text(YearMonth.class, null, "a month, as 2026-01", YearMonth::parse);
        text(Year.class, null, "a year, as 2026", Year::parse);
        text(URI.class, null, "a URI", URI::create);
    }

    private Scalars() {}

    static @Nullable Scalar of(Class<?> kind) {
        return kind.isEnum() ? choice(kind) : ALL.get(kind);
    }

    private static Scalar choice(Class<?> kind) {
        Map<String, Object> byName = new LinkedHashMap<>();
        for (Object constant : kind.getEnumConstants()) {
            byName.put(((Enum<?>) constant).name(), constant);
        }
        List<String> names = List.copyOf(byName.keySet());
        Map<String, Object> schema = type("string");
        schema.put("enum", names);
        return new Scalar(schema, "one of " + names, node -> node.isString() ? byName.get(node.stringValue()) : null);
    }

    private static void whole(Class<?> bare, Class<?> boxed, long least, long most, LongFunction<Object> cast) {
        Function<JsonNode, @Nullable Object> reader = node -> {
            Long value = Numbers.whole(node, least, most);
            return value == null ? null : cast.apply(value);
        };
        for (Class<?> kind : Arrays.asList(bare, boxed)) {
            put(kind, type("integer"), "a whole number from " + least + " to " + most, reader);
        }
    }

    private static void text(Class<?> kind, @Nullable String format, String expected, Function<String, Object> parser) {
        Map<String, Object> schema = type("string");
        schema.put(format == null ? "description" : "format", format == null ? expected : format);
        put(kind, schema, expected, node -> {
            try {
                return node.isString() ? parser.apply(node.stringValue().strip()) : null;
            } catch (DateTimeException | IllegalArgumentException e) {
                return null;
            }
        });
    }

    private static @Nullable Object flag(JsonNode node) {
        return node.isBoolean() ? (Object) node.booleanValue() : null;
    }

    private static @Nullable Object single(JsonNode node) {
        Double value = Numbers.fraction(node);
        return value == null || Float.isInfinite(value.floatValue()) ? null : (Object) value.floatValue();
    }

    private static void put(
            Class<?> kind, Map<String, Object> schema, String expected, Function<JsonNode, @Nullable Object> reader) {
        ALL.put(kind, new Scalar(schema, expected, reader));
    }

    private static Map<String, Object> type(String type) {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", type);
        return schema;
    }
}
