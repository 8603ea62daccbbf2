package io.aicore.observability;

import java.io.IOException;
import java.nio.file.Path;

/**
 * The file format of an export. A row is a call. Columns are named as in the table {@code aicore_operation}, except
 * that durations are fractional milliseconds and end in {@code _ms}; {@code extras} is a JSON object as text. The last
 * column, {@code attempts}, contains the attempts with the columns of {@code aicore_attempt}, oldest first.
 */
public enum ExportFormat {
    /**
     * Comma-separated values per RFC 4180: UTF-8, with a header, lines end in LF. Null is an empty cell, an empty text
     * {@code ""}; times are ISO 8601 in UTC; {@code attempts} is a JSON array as text.
     *
     * <p>Texts are written as recorded, even if they begin with {@code =}, {@code +}, {@code -} or {@code @}, so that a
     * data frame gets the original values. A spreadsheet would interpret them as formulas: import the columns as text
     * there.
     */
    CSV {
        @Override
        RowWriter create(Path file) throws IOException {
            return new CsvRows(file);
        }
    },
    /**
     * JSON Lines: UTF-8, one object per line with all columns; times are ISO 8601 in UTC; {@code attempts} is an array
     * of objects.
     */
    JSONL {
        @Override
        RowWriter create(Path file) throws IOException {
            return new JsonRows(file);
        }
    },
    /**
     * Apache Parquet, compressed with Snappy: times are UTC timestamps in microseconds, {@code cost_usd} is a decimal
     * with 12 fraction digits, {@code attempts} a list of structs. Requires the dependency
     * {@code com.jerolba:carpet-record}.
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

    /** Creates a writer of a new file. Creating and writing block. */
    abstract RowWriter create(Path file) throws IOException;
}
