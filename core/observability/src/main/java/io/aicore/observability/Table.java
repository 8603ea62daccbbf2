package io.aicore.observability;

import java.util.List;
import java.util.function.ToIntFunction;

/**
 * A table: its name, key columns and columns, and an estimate of a record's length beyond the usual few hundred
 * characters.
 */
record Table<T>(String name, String keys, List<Column<T>> columns, ToIntFunction<T> longTexts) {

    /** A table with short records. */
    Table(String name, String keys, List<Column<T>> columns) {
        this(name, keys, columns, record -> 0);
    }
}
