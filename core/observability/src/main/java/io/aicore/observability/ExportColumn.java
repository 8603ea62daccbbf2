package io.aicore.observability;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A column of an export: that of the table, with durations in milliseconds. */
record ExportColumn<T>(String name, Kind kind, Function<T, @Nullable Object> value) {

    /** The attempts, oldest first: the only column that is not in the table. */
    static final String ATTEMPTS = "attempts";

    static final List<ExportColumn<LlmOperation>> OF_CALL = OperationTable.TABLE.columns().stream()
            .filter(column -> !OperationTable.DERIVED.contains(column.name()))
            .map(ExportColumn::of)
            .toList();
    static final List<ExportColumn<LlmAttempt>> OF_ATTEMPT = AttemptTable.TABLE.columns().stream()
            .filter(column -> !column.name().equals("operation_id"))
            .map(ExportColumn::of)
            .map(column -> new ExportColumn<LlmAttempt>(
                    column.name(), column.kind(), attempt -> column.value().apply(new AttemptTable.Entry("", attempt))))
            .toList();

    private static final String MICROS = "_us";
    // Of one width, so that their order as texts is that of the times.
    private static final DateTimeFormatter ISO = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    /** The types of values: String, Long, BigDecimal, BigDecimal, Instant. */
    enum Kind {
        TEXT,
        WHOLE,
        MILLIS,
        DECIMAL,
        TIME
    }

    private static <T> ExportColumn<T> of(Column<T> column) {
        if (column.name().endsWith(MICROS)) {
            String name = column.name().substring(0, column.name().length() - MICROS.length()) + "_ms";
            return new ExportColumn<>(
                    name, Kind.MILLIS, record -> millis((Long) column.value().apply(record)));
        }
        if (column.type() == OffsetDateTime.class) {
            return new ExportColumn<>(
                    column.name(),
                    Kind.TIME,
                    record -> instant((OffsetDateTime) column.value().apply(record)));
        }
        if (column.type() == BigDecimal.class) {
            return new ExportColumn<>(column.name(), Kind.DECIMAL, column.value());
        }
        if (column.type() == Integer.class || column.type() == Long.class) {
            return new ExportColumn<>(
                    column.name(),
                    Kind.WHOLE,
                    record -> whole((Number) column.value().apply(record)));
        }
        return new ExportColumn<>(column.name(), Kind.TEXT, column.value());
    }

    /** The value as text; null without one. */
    static @Nullable String text(@Nullable Object value) {
        if (value == null) {
            return null;
        }
        if (value instanceof Instant time) {
            return ISO.format(time);
        }
        return value instanceof BigDecimal number ? number.toPlainString() : value.toString();
    }

    /** The record as JSON values. */
    static <T> Map<String, @Nullable Object> json(List<ExportColumn<T>> columns, T record) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        for (ExportColumn<T> column : columns) {
            Object value = column.value().apply(record);
            json.put(column.name(), value instanceof Instant ? text(value) : value);
        }
        return json;
    }

    private static @Nullable BigDecimal millis(@Nullable Long micros) {
        if (micros == null) {
            return null;
        }
        BigDecimal millis = BigDecimal.valueOf(micros, 3).stripTrailingZeros();
        return millis.scale() < 0 ? millis.setScale(0) : millis;
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }

    private static @Nullable Long whole(@Nullable Number number) {
        return number == null ? null : Long.valueOf(number.longValue());
    }
}
