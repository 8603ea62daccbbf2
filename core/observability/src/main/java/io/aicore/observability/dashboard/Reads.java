package io.aicore.observability.dashboard;

import java.time.Duration;
import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.pool.InstrumentedPool;
import reactor.pool.PoolBuilder;
import reactor.pool.PooledRef;

/**
 * Lets few queries of viewers read the database at once, so that the program itself always finds a place among its readers.
 * Nobody waits longer than {@link #PATIENCE} for his turn, nor for his answer then.
 */
final class Reads {

    private static final int AT_ONCE = 2;
    private static final int WAITING = 100;
    static final Duration PATIENCE = Duration.ofSeconds(20);

    private final InstrumentedPool<Boolean> turns = PoolBuilder.from(Mono.just(true))
            .maxPendingAcquire(WAITING)
            .sizeBetween(0, AT_ONCE)
            .buildPool();

    <T> Mono<List<T>> all(Flux<T> query) {
        return one(query.collectList());
    }

    <T> Mono<T> one(Mono<T> query) {
        return Mono.usingWhen(turns.acquire(PATIENCE), turn -> query.timeout(PATIENCE), PooledRef::release);
    }
}
