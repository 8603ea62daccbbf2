package io.aicore.observability;

import io.r2dbc.spi.Result;
import io.r2dbc.spi.Statement;
import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Inserts rows on one connection, as efficiently as its driver allows. */
interface Insert {

    /** Inserts all records; none if the error ends the transaction. */
    <T> Mono<Void> rows(Table<T> table, List<T> records);

    static Mono<Void> executed(Statement statement) {
        return Flux.from(statement.execute()).concatMap(Result::getRowsUpdated).then();
    }
}
