package io.aicore.observability;

import io.r2dbc.spi.Connection;
import org.jspecify.annotations.Nullable;

/** What differs between the databases: how rows are added that may be there already, and how writers take turns. */
enum Dialect {
    H2 {
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

        /** A file belongs to one process, which has its own turns; after a crash statements of the schema run twice. */
        @Override
        String lock() {
            return "SELECT 1";
        }

        /** It has its own words for this, and its scripts may run twice. */
        @Override
        String adapted(String statement) {
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

        /** Held to the end of the transaction. The number only has to be our own. */
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

    /** Adds rows. */
    abstract Insert insert(Connection connection);

    /** Adds rows unless those with their keys are there: a batch whose fate is unknown can be written again. */
    abstract Insert insertIfNew(Connection connection);

    /** Lets one writer at a time change the schema. */
    abstract String lock();

    /** A statement of the schema, which is PostgreSQL's, as this database knows it. */
    String adapted(String statement) {
        return statement;
    }

    /** Brings to the disk what was committed; null where a commit does. */
    abstract @Nullable String toDisk();

    /** The dialect of the product that a driver names, which this setting led to. */
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
