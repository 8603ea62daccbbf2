package io.aicore.observability;

import io.r2dbc.spi.Row;
import io.r2dbc.spi.Statement;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One column: its name, the type it is sent and read as, and its value in a record. */
record Column<T>(String name, Class<?> type, Function<T, @Nullable Object> value) {

    static <T> List<String> names(List<Column<T>> columns) {
        return columns.stream().map(Column::name).toList();
    }

    /** The values of a record, from this index of the statement on. */
    static <T> void bind(Statement statement, int first, List<Column<T>> columns, T record) {
        for (int i = 0; i < columns.size(); i++) {
            Column<T> column = columns.get(i);
            Object value = column.value().apply(record);
            if (value == null) {
                statement.bindNull(first + i, column.type());
            } else {
                statement.bind(first + i, value);
            }
        }
    }

    static @Nullable Long micros(@Nullable Duration duration) {
        return duration == null ? null : duration.toNanos() / 1_000;
    }

    static @Nullable Duration duration(Row row, String name) {
        Long micros = row.get(name, Long.class);
        return micros == null ? null : Duration.ofNanos(micros * 1_000);
    }

    /** At most this many characters, which is what the column holds, and none that PostgreSQL does not store. */
    static @Nullable String cut(@Nullable String text, int length) {
        if (text == null) {
            return null;
        }
        String storable = text.replace('\0', '\uFFFD');
        if (storable.length() <= length) {
            return storable;
        }
        int end = Character.isHighSurrogate(storable.charAt(length - 1)) ? length - 1 : length;
        return storable.substring(0, end);
    }

    static <V> V required(@Nullable V value, String name) {
        if (value == null) {
            throw new IllegalStateException("the column " + name + " is null in the database");
        }
        return value;
    }
}
