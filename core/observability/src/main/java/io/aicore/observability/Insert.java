package io.aicore.observability;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.Result;
import io.r2dbc.spi.Statement;
import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Adds rows on one connection, many in one statement: what a driver does for each statement costs more than a row.
 *
 * @param again whether some of the rows may be there already
 */
record Insert(Connection connection, Dialect dialect, boolean again) {

    // There are two texts for each table, so that the driver's and the database's caches of statements hold them: this
    // many
    // rows, and one. 40 columns and more stay far below the 65,535 values that PostgreSQL takes.
    private static final int TOGETHER = 25;

    <T> Mono<Void> rows(Table<T> table, List<T> records) {
        int whole = records.size() - records.size() % TOGETHER;
        return inserted(table, records.subList(0, whole), TOGETHER)
                .then(inserted(table, records.subList(whole, records.size()), 1));
    }

    private <T> Mono<Void> inserted(Table<T> table, List<T> records, int together) {
        if (records.isEmpty()) {
            return Mono.empty();
        }
        List<String> names = Column.names(table.columns());
        Statement statement = connection.createStatement(
                again
                        ? dialect.insertIfNew(table.name(), names, table.keys(), together)
                        : dialect.insert(table.name(), names, together));
        for (int i = 0; i < records.size(); i++) {
            if (i > 0 && i % together == 0) {
                statement.add();
            }
            Column.bind(statement, i % together * names.size(), table.columns(), records.get(i));
        }
        return Flux.from(statement.execute()).concatMap(Result::getRowsUpdated).then();
    }
}
