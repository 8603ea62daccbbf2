package io.aicore.observability;

import io.r2dbc.spi.Row;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A column: its name, its type in statements and results, and its value in a record. */
record Column<T>(String name, Class<?> type, Function<T, @Nullable Object> value) {

    private static final int REPLACEMENT = 0xFFFD;
    private static final Duration LONGEST = Duration.of(Long.MAX_VALUE, ChronoUnit.MICROS);
    private static final Duration SHORTEST = Duration.of(Long.MIN_VALUE, ChronoUnit.MICROS);

    /**
     * The value in this record.
     *
     * @throws IllegalArgumentException if it has none that can be stored: another attempt to write it would fail as well
     */
    @Nullable
    Object of(T entry) {
        try {
            return value.apply(entry);
        } catch (ArithmeticException | DateTimeException e) {
            throw new IllegalArgumentException(name + ": no value that can be stored", e);
        }
    }

    /** Microseconds, of a duration beyond what the column holds as many as it does. */
    static @Nullable Long micros(@Nullable Duration duration) {
        if (duration == null) {
            return null;
        }
        if (duration.compareTo(LONGEST) >= 0) {
            return Long.MAX_VALUE;
        }
        return duration.compareTo(SHORTEST) <= 0
                ? Long.MIN_VALUE
                : duration.getSeconds() * 1_000_000 + duration.getNano() / 1_000;
    }

    static @Nullable Duration duration(Row row, String name) {
        Long micros = row.get(name, Long.class);
        return micros == null ? null : Duration.of(micros, ChronoUnit.MICROS);
    }

    /**
     * Truncates to the column's length, and removes what PostgreSQL does not store: the character 0 and unpaired
     * surrogates.
     */
    static @Nullable String cut(@Nullable String text, int length) {
        if (text == null) {
            return null;
        }
        String storable = storable(text);
        if (storable.length() <= length) {
            return storable;
        }
        int end = Character.isHighSurrogate(storable.charAt(length - 1)) ? length - 1 : length;
        return storable.substring(0, end);
    }

    private static String storable(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0 || Character.isSurrogate(c)) {
                return text.codePoints()
                        .map(point -> point == 0 || isHalf(point) ? REPLACEMENT : point)
                        .<StringBuilder>collect(
                                StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString();
            }
        }
        return text;
    }

    private static boolean isHalf(int point) {
        return point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
    }

    static <V> V required(@Nullable V value, String name) {
        if (value == null) {
            throw new IllegalStateException("the column " + name + " is null in the database");
        }
        return value;
    }
}
