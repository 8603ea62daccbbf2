package io.aicore.observability;

import java.io.IOException;
import java.nio.file.Path;

/**
 * What an export is written as. A row is a call. Its columns have the names of the table {@code aicore_operation}, but spans
 * of time are milliseconds with a fraction and end in {@code _ms}; {@code extras} is a JSON object as text. The last column,
 * {@code attempts}, holds the attempts with the columns of {@code aicore_attempt}, oldest first.
 */
public enum ExportFormat {
    /**
     * Comma-separated values by RFC 4180: UTF-8, a header, lines that end in LF. Null is an empty cell, an empty text
     * {@code ""}; times are ISO 8601 in UTC; {@code attempts} is a JSON array as text.
     *
     * <p>Texts are written as they were recorded, also those that begin with {@code =}, {@code +}, {@code -} or {@code @}: a
     * data frame must read what happened. A spreadsheet would take them for formulas: there, import the columns as text.
     */
    CSV {
        @Override
        RowWriter create(Path file) throws IOException {
            return new CsvRows(file);
        }
    },
    /**
     * JSON Lines: UTF-8, one object a line, all columns in each; times are ISO 8601 in UTC; {@code attempts} is an array of
     * objects.
     */
    JSONL {
        @Override
        RowWriter create(Path file) throws IOException {
            return new JsonRows(file);
        }
    },
    /**
     * Apache Parquet, compressed by Snappy: times are timestamps in UTC with microseconds, {@code cost_usd} is a decimal with
     * 12 digits after the point, {@code attempts} a list of structs. Needs {@code com.jerolba:carpet-record} among the
     * dependencies.
     */
    PARQUET {
        @Override
        RowWriter create(Path file) throws IOException {
            try {
                return new ParquetRows(file);
            } catch (NoClassDefFoundError e) {
                throw new IllegalStateException(
                        "format: PARQUET (expected: com.jerolba:carpet-record among the dependencies; missing: "
                                + e.getMessage() + ")",
                        e);
            }
        }
    };

    /** A writer to a new file. Blocks, as the writer does. */
    abstract RowWriter create(Path file) throws IOException;
}
