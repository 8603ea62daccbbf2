package io.aicore.observability;

import io.r2dbc.spi.Result;
import io.r2dbc.spi.Statement;
import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Adds rows on one connection, as cheaply as its driver can. */
interface Insert {

    /** All or, where the transaction ends with the error, none of them. */
    <T> Mono<Void> rows(Table<T> table, List<T> records);

    static Mono<Void> executed(Statement statement) {
        return Flux.from(statement.execute()).concatMap(Result::getRowsUpdated).then();
    }
}
