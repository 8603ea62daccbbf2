package io.aicore.observability;

import static io.aicore.observability.Column.cut;

import io.aicore.limit.CircuitState;
import io.r2dbc.spi.Row;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;

/** Changes of circuits as rows of {@code aicore_circuit}. */
final class CircuitTable {

    static final String NAME = "aicore_circuit";
    private static final String KEYS = "instance, scope, changed_at";

    static final List<Column<CircuitChange>> COLUMNS = List.of(
            new Column<>("instance", String.class, CircuitChange::instance),
            new Column<>("scope", String.class, change -> cut(change.scope(), 500)),
            new Column<>("changed_at", OffsetDateTime.class, change -> OperationTable.utc(change.at())),
            new Column<>("state", String.class, change -> change.state().word()));

    static final Table<CircuitChange> TABLE = new Table<>(NAME, KEYS, COLUMNS);

    private CircuitTable() {}

    static CircuitChange read(Row row) {
        return new CircuitChange(
                OperationTable.text(row, "instance"),
                OperationTable.text(row, "scope"),
                OperationTable.instant(row, "changed_at"),
                CircuitState.valueOf(OperationTable.text(row, "state").toUpperCase(Locale.ROOT)));
    }
}
