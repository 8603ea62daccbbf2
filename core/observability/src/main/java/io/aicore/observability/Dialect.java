package io.aicore.observability;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What differs between the databases: how a row is inserted that may be there already, and how writers take turns. */
enum Dialect {
    H2 {
        @Override
        String insertIfNew(String table, List<String> columns, String keys, int rows) {
            return "MERGE INTO " + table + " (" + String.join(", ", columns) + ") KEY (" + keys + ") VALUES "
                    + markers(columns.size(), rows);
        }

        /** A file belongs to one process, and the statements of the schema may run twice. */
        @Override
        String lock() {
            return "SELECT 1";
        }
    },
    POSTGRESQL {
        @Override
        String insertIfNew(String table, List<String> columns, String keys, int rows) {
            return insert(table, columns, rows) + " ON CONFLICT DO NOTHING";
        }

        /** Held to the end of the transaction. The number only has to be our own. */
        @Override
        String lock() {
            return "SELECT 1 FROM (SELECT pg_advisory_xact_lock(7315046202931)) AS turn";
        }
    };

    /** Adds rows. */
    String insert(String table, List<String> columns, int rows) {
        return "INSERT INTO " + table + " (" + String.join(", ", columns) + ") VALUES " + markers(columns.size(), rows);
    }

    /** Adds rows unless those with their keys are there: a batch whose fate is unknown can be written again. */
    abstract String insertIfNew(String table, List<String> columns, String keys, int rows);

    /** Lets one writer at a time change the schema. */
    abstract String lock();

    /** The dialect of the product that a driver names. */
    static Dialect of(String product) {
        return switch (product) {
            case "H2" -> H2;
            case "PostgreSQL" -> POSTGRESQL;
            default ->
                throw new IllegalArgumentException(
                        "url: a database of " + product + " (expected: r2dbc:h2:… or r2dbc:postgresql:…)");
        };
    }

    /** {@code ($1, $2), ($3, $4)} for two columns and two rows. */
    private static String markers(int columns, int rows) {
        return IntStream.range(0, rows)
                .mapToObj(row -> IntStream.rangeClosed(1, columns)
                        .mapToObj(column -> "$" + (row * columns + column))
                        .collect(Collectors.joining(", ", "(", ")")))
                .collect(Collectors.joining(", "));
    }
}
