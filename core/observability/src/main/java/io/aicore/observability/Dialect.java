package io.aicore.observability;

import io.r2dbc.spi.Connection;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Differences between databases: inserting rows that may exist already, and locking for writers. */
enum Dialect {
    H2 {
        // H2 rewrites a page per record for each: together they double the cost of writing. A search reads the table.
        private static final Pattern OF_RANDOM_KEYS =
                Pattern.compile("^CREATE INDEX .* (aicore_operation_(call|trace|request)|aicore_attempt_request) ");

        @Override
        Insert insert(Connection connection) {
            return new ValuesInsert(
                    connection, (table, columns) -> "INSERT INTO " + table.name() + " (" + columns + ")");
        }

        @Override
        Insert insertIfNew(Connection connection) {
            return new ValuesInsert(
                    connection,
                    (table, columns) -> "MERGE INTO " + table.name() + " (" + columns + ") KEY (" + table.keys() + ")");
        }

        /**
         * A file belongs to one process, which serializes its writers; after a crash statements of the schema run
         * twice.
         */
        @Override
        String lock() {
            return "SELECT 1";
        }

        /** Uses its own syntax, and its scripts may run twice. */
        @Override
        String adapted(String statement) {
            if (OF_RANDOM_KEYS.matcher(statement).find()) {
                return "SELECT 1";
            }
            return statement.replaceFirst("RENAME COLUMN (\\w+) TO (\\w+)", "ALTER COLUMN IF EXISTS $1 RENAME TO $2");
        }

        @Override
        String toDisk() {
            return "CHECKPOINT SYNC";
        }
    },
    POSTGRESQL {
        @Override
        Insert insert(Connection connection) {
            return new JsonInsert(connection, "");
        }

        @Override
        Insert insertIfNew(Connection connection) {
            return new JsonInsert(connection, " ON CONFLICT DO NOTHING");
        }

        /** Held until the end of the transaction. The number is arbitrary but fixed. */
        @Override
        String lock() {
            return "SELECT 1 FROM (SELECT pg_advisory_xact_lock(7315046202931)) AS turn";
        }

        @Override
        @Nullable
        String toDisk() {
            return null;
        }
    };

    /** Inserts rows. */
    abstract Insert insert(Connection connection);

    /** Inserts rows whose keys do not exist yet, so that a batch with an unknown result can be written again. */
    abstract Insert insertIfNew(Connection connection);

    /** Allows one writer at a time to change the schema. */
    abstract String lock();

    /** Converts a statement of the schema, which is written for PostgreSQL, to this database. */
    String adapted(String statement) {
        return statement;
    }

    /** Flushes committed data to the disk; null if a commit does that. */
    abstract @Nullable String toDisk();

    /** The dialect for the product name that a driver reports, for the database of this setting. */
    static Dialect of(String setting, String product) {
        return switch (product) {
            case "H2" -> H2;
            case "PostgreSQL" -> POSTGRESQL;
            default ->
                throw new IllegalArgumentException(
                        setting + "a database of " + product + " (expected: H2 or PostgreSQL)");
        };
    }
}
