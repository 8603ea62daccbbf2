package io.aicore.observability;

import java.util.List;

/** One table: what is written to it, and the columns that name a row. */
record Table<T>(String name, String keys, List<Column<T>> columns) {}
