package io.aicore.observability;

import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.pool.ConnectionPoolConfiguration;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import java.time.Duration;
import java.util.function.Function;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * A pool of connections to one database, whose schema is there once the first of them is used. H2's driver blocks: all it
 * does runs on a small elastic scheduler of its own, reading included; PostgreSQL's needs none.
 */
final class Database {

    private static final int MAX_CONNECTIONS = 4;
    private static final int MAX_QUEUED_TASKS = 10_000;
    private static final Duration MAX_WAIT = Duration.ofSeconds(10);

    private final Address address;
    private final Dialect dialect;
    private final Permits permits = new Permits(MAX_CONNECTIONS);
    private final ConnectionPool pool;
    private final Scheduler threads;
    private final Scheduler scheduler;
    private final Mono<Boolean> schema;

    private Database(Address address) {
        this.address = address;
        ConnectionFactory factory = address.factory();
        this.dialect = Dialect.of(factory.getMetadata().getName());
        this.pool = new ConnectionPool(ConnectionPoolConfiguration.builder(factory)
                .initialSize(0)
                // Writers try again themselves, readers are told at once.
                .acquireRetry(0)
                .maxSize(MAX_CONNECTIONS)
                .customizer(pools -> pools.allocationStrategy(permits))
                .maxAcquireTime(MAX_WAIT)
                .maxCreateConnectionTime(MAX_WAIT)
                // The first socket of a process reads the machine's settings from a file.
                .allocatorSubscribeOn(uninterrupted(Schedulers.boundedElastic()))
                .maxIdleTime(Duration.ofMinutes(1))
                .build());
        this.threads = dialect == Dialect.H2
                ? Schedulers.newBoundedElastic(MAX_CONNECTIONS, MAX_QUEUED_TASKS, "aicore-observability", 60, true)
                : Schedulers.immediate();
        this.scheduler = uninterrupted(threads);
        Schema tables = new Schema(dialect);
        // H2 ends the transaction at each statement of a schema: who meets another in the middle begins again.
        int again = dialect == Dialect.H2 ? 3 : 0;
        // Shared by all who wait for it; a failure is forgotten, so that a database that comes up later is used.
        this.schema = transaction(tables::migrate).retry(again).thenReturn(true).cacheInvalidateIf(made -> false);
    }

    /**
     * The database at this address, an R2DBC URL or the path of an H2 file; connects when it is first used.
     *
     * @throws IllegalArgumentException if it is none that is known, or its driver is missing
     */
    static Database at(String url) {
        return new Database(Address.of(url));
    }

    Dialect dialect() {
        return dialect;
    }

    /** Runs this on a connection, which goes back to the pool however it ends. */
    <T> Flux<T> onConnection(Function<Connection, Publisher<T>> work) {
        return schema.thenMany(connected(work));
    }

    /** Runs this in a transaction: all of it or, if it fails or is cancelled, nothing. */
    Mono<Void> inTransaction(Function<Connection, Mono<Void>> work) {
        return schema.then(transaction(work));
    }

    /** Closes the connections that are free now, and those in use when they come back. */
    Mono<Void> close() {
        return Mono.defer(() -> {
            permits.end();
            return pool.disposeLater().doFinally(signal -> threads.dispose());
        });
    }

    /**
     * The same threads for work that a cancel does not interrupt: H2 closes its file when the thread that reads it is
     * interrupted.
     */
    private static Scheduler uninterrupted(Scheduler threads) {
        return Schedulers.fromExecutor(threads::schedule, true);
    }

    private Mono<Void> transaction(Function<Connection, Mono<Void>> work) {
        return this.<Void>connected(connection -> Mono.usingWhen(
                        Mono.from(connection.beginTransaction()).thenReturn(connection),
                        work,
                        Connection::commitTransaction,
                        (begun, error) -> begun.rollbackTransaction(),
                        Connection::rollbackTransaction))
                .then();
    }

    private <T> Flux<T> connected(Function<Connection, ? extends Publisher<T>> work) {
        // Within as well: the pool hands a connection over on whatever thread gave it back.
        return Gently.cancelled(Flux.<T, Connection>usingWhen(
                        pool.create().onErrorMap(address::explained),
                        connection -> Flux.defer(() -> work.apply(connection)).subscribeOn(scheduler),
                        Connection::close)
                .subscribeOn(scheduler));
    }
}
