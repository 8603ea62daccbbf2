package io.aicore.observability.dashboard;

import java.time.Duration;
import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.pool.InstrumentedPool;
import reactor.pool.PoolBuilder;
import reactor.pool.PooledRef;

/**
 * Limits the concurrent queries of viewers, so that the program itself always has a database connection. No query waits
 * longer than {@link #PATIENCE} to start, nor for its result.
 */
final class QueryLimit {

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
