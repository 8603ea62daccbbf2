package io.aicore.observability.dashboard;

import java.time.Duration;
import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.pool.InstrumentedPool;
import reactor.pool.PoolBuilder;

/** Lets few queries of viewers read the database at once, so that the program itself always finds a place among its readers. */
final class Reads {

    private static final int AT_ONCE = 2;
    private static final int WAITING = 100;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final InstrumentedPool<Boolean> turns = PoolBuilder.from(Mono.just(true))
            .maxPendingAcquire(WAITING)
            .sizeBetween(0, AT_ONCE)
            .buildPool();

    <T> Mono<List<T>> all(Flux<T> query) {
        return turns.withPoolable(turn -> query.collectList().timeout(PATIENCE)).single();
    }

    <T> Mono<T> one(Mono<T> query) {
        return turns.withPoolable(turn -> query.timeout(PATIENCE)).next();
    }
}
