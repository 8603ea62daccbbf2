package io.aicore.observability;

import static java.util.stream.Collectors.joining;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.Statement;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Inserts rows by binding values. Each bound value and each statement costs H2's driver more than the database: many
 * rows share a statement, grouped by the columns that are not null.
 *
 * @param beginning the start of the statement for this table and these columns
 */
record ValuesInsert(Connection connection, BiFunction<Table<?>, String, String> beginning) implements Insert {

    // Of each kind there are two texts, this many rows and one, so that statements are found in the database's cache.
    private static final int TOGETHER = 25;

    /** The values of a row, without those that are null. */
    private record Row(BitSet present, List<Object> values) {}

    @Override
    public <T> Mono<Void> rows(Table<T> table, List<T> records) {
        Map<BitSet, List<Row>> kinds = new LinkedHashMap<>();
        for (T record : records) {
            Row row = row(table.columns(), record);
            kinds.computeIfAbsent(row.present(), present -> new ArrayList<>()).add(row);
        }
        return Flux.fromIterable(kinds.values())
                .concatMap(rows -> alike(table, rows))
                .then();
    }

    private static <T> Row row(List<Column<T>> columns, T record) {
        BitSet present = new BitSet();
        List<Object> values = new ArrayList<>(columns.size());
        for (int i = 0; i < columns.size(); i++) {
            Object value = columns.get(i).of(record);
            if (value != null) {
                present.set(i);
                values.add(value);
            }
        }
        return new Row(present, values);
    }

    private Mono<Void> alike(Table<?> table, List<Row> rows) {
        int whole = rows.size() - rows.size() % TOGETHER;
        return inserted(table, rows.subList(0, whole), TOGETHER)
                .then(inserted(table, rows.subList(whole, rows.size()), 1));
    }

    private Mono<Void> inserted(Table<?> table, List<Row> rows, int together) {
        if (rows.isEmpty()) {
            return Mono.empty();
        }
        BitSet present = rows.get(0).present();
        int width = present.cardinality();
        String names = present.stream()
                .mapToObj(column -> table.columns().get(column).name())
                .collect(joining(", "));
        Statement statement =
                connection.createStatement(beginning.apply(table, names) + " VALUES " + markers(width, together));
        for (int i = 0; i < rows.size(); i++) {
            if (i > 0 && i % together == 0) {
                statement.add();
            }
            for (int j = 0; j < width; j++) {
                statement.bind(i % together * width + j, rows.get(i).values().get(j));
            }
        }
        return Insert.executed(statement);
    }

    /** {@code ($1, $2), ($3, $4)} for two columns and two rows. */
    private static String markers(int columns, int rows) {
        return IntStream.range(0, rows)
                .mapToObj(row -> IntStream.rangeClosed(1, columns)
                        .mapToObj(column -> "$" + (row * columns + column))
                        .collect(joining(", ", "(", ")")))
                .collect(joining(", "));
    }
}
