package io.aicore.observability;

import java.util.List;
import java.util.function.ToIntFunction;

/**
 * One table: what is written to it, the columns that name a row, and how many characters of a record may be more than the
 * few hundred of most.
 */
record Table<T>(String name, String keys, List<Column<T>> columns, ToIntFunction<T> longTexts) {

    /** One whose records are all short. */
    Table(String name, String keys, List<Column<T>> columns) {
        this(name, keys, columns, record -> 0);
    }
}
