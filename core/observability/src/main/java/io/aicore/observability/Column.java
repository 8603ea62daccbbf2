package io.aicore.observability;

import io.r2dbc.spi.Row;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A column: its name, its type in statements and results, and its value in a record. */
record Column<T>(String name, Class<?> type, Function<T, @Nullable Object> value) {

    private static final int REPLACEMENT = 0xFFFD;

    static @Nullable Long micros(@Nullable Duration duration) {
        return duration == null ? null : duration.toNanos() / 1_000;
    }

    static @Nullable Duration duration(Row row, String name) {
        Long micros = row.get(name, Long.class);
        return micros == null ? null : Duration.ofNanos(micros * 1_000);
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
