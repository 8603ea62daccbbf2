package io.aicore.observability;

import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.pool.ConnectionPoolConfiguration;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.pool.InstrumentedPool;
import reactor.pool.PoolBuilder;
import reactor.pool.PooledRef;

/**
 * A connection pool of one database; the schema is migrated on first use. H2's driver blocks: all its work, reading
 * included, runs on a dedicated small elastic scheduler; PostgreSQL's needs none.
 */
final class Database {

    private static final int MAX_CONNECTIONS = 4;
    // Readers never hold all connections, even if they have left: one remains for the writer.
    private static final int MAX_READERS = MAX_CONNECTIONS - 1;
    private static final int MAX_WAITING_READERS = 1_000;
    private static final int MAX_QUEUED_TASKS = 10_000;
    private static final Duration MAX_WAIT = Duration.ofSeconds(10);
    private static final Duration MAX_IDLE = Duration.ofMinutes(1);
    private static final Duration NEVER = Duration.ofMillis(-1);

    // A file belongs to one process: its own turns are enough.
    private static final InstrumentedPool<Boolean> MIGRATIONS =
            PoolBuilder.from(Mono.just(true)).sizeBetween(0, 1).buildPool();

    private final Address address;
    private final Dialect dialect;
    private final PoolPermits permits = new PoolPermits(MAX_CONNECTIONS);
    private final InstrumentedPool<Boolean> readers = PoolBuilder.from(Mono.just(true))
            .sizeBetween(0, MAX_READERS)
            .maxPendingAcquire(MAX_WAITING_READERS)
            .buildPool();
    private final ConnectionPool pool;
    private final Scheduler threads;
    private final Scheduler scheduler;
    private final Mono<Boolean> schema;

    private Database(Address address, Duration maxIdle) {
        this.address = address;
        ConnectionFactory factory = address.factory();
        this.dialect = address.dialect(factory);
        this.pool = new ConnectionPool(ConnectionPoolConfiguration.builder(
                        new OffloadedConnectionFactory(factory, elastic(), address::makeOwn))
                .initialSize(0)
                // The writer has a backoff of its own; a reader gets the failure at once.
                .acquireRetry(0)
                .maxSize(MAX_CONNECTIONS)
                .customizer(pools -> pools.allocationStrategy(permits))
                .maxAcquireTime(MAX_WAIT)
                .maxCreateConnectionTime(MAX_WAIT)
                // The pool closes what was idle on a thread that must not block, which closing H2 does.
                .maxIdleTime(dialect == Dialect.H2 ? NEVER : maxIdle)
                .build());
        this.threads = dialect == Dialect.H2
                ? Schedulers.newBoundedElastic(MAX_CONNECTIONS, MAX_QUEUED_TASKS, "aicore-observability", 60, true)
                : Schedulers.immediate();
        this.scheduler = uninterrupted(threads);
        Schema tables = new Schema(dialect);
        // Shared by all who wait for it; a failure is forgotten, so that a database that comes up later is used.
        this.schema = inTurn(transaction(tables::migrate)).thenReturn(true).cacheInvalidateIf(made -> false);
    }

    /**
     * Opens the database at this address, an R2DBC URL or the path of an H2 file; connects on first use.
     *
     * @throws IllegalArgumentException if it is not supported, or its driver is missing
     */
    static Database at(String url) {
        return at(url, MAX_IDLE);
    }

    /** Opens the database at this address. */
    static Database at(Address address) {
        return new Database(address, MAX_IDLE);
    }

    /** Opens the database; connections to a server are closed after this idle time. */
    static Database at(String url, Duration maxIdle) {
        return new Database(Address.of(url), maxIdle);
    }

    Dialect dialect() {
        return dialect;
    }

    /**
     * Runs this on a connection, which is returned to the pool in any case. For a subscriber that leaves before its
     * turn nothing runs; one that leaves during a statement keeps its slot until the statement has ended.
     */
    <T> Flux<T> onConnection(Function<Connection, Publisher<T>> work) {
        return DrainOnCancel.cancelled(left -> schema.thenMany(Flux.usingWhen(
                readers.acquire(MAX_WAIT).onErrorMap(address::explained),
                turn -> left.getAsBoolean() ? Flux.<T>empty() : connected(left, work),
                PooledRef::release)));
    }

    /** Describes what went wrong in one sentence, without the data to be written. */
    Address.Cause why(Throwable error) {
        return address.sentence(error);
    }

    /** The error with that sentence. */
    Throwable explained(Throwable error) {
        return address.explained(error);
    }

    /** Runs this in a transaction: completely and durably, or, if it fails or is cancelled, not at all. */
    Mono<Void> inTransaction(Function<Connection, Mono<Void>> work) {
        return schema.then(transaction(work));
    }

    /** Closes idle connections, and those in use when they are returned. */
    Mono<Void> close() {
        return Mono.defer(() -> {
            permits.end();
            // Closing H2 blocks, and we may be called from anywhere.
            return pool.disposeLater().doFinally(signal -> threads.dispose()).subscribeOn(elastic());
        });
    }

    /** The same threads without interruption on cancel: H2 closes its file when a reading thread is interrupted. */
    private static Scheduler uninterrupted(Scheduler threads) {
        return Schedulers.fromExecutor(threads::schedule, true);
    }

    private static Scheduler elastic() {
        return uninterrupted(Schedulers.boundedElastic());
    }

    private Mono<Void> transaction(Function<Connection, Mono<Void>> work) {
        return DrainOnCancel.cancelled(left -> this.<Void>connected(
                        left,
                        connection -> Mono.usingWhen(
                                Mono.from(connection.beginTransaction()).thenReturn(connection),
                                work,
                                this::committed,
                                (begun, error) -> begun.rollbackTransaction(),
                                Connection::rollbackTransaction)))
                .then();
    }

    /** H2 writes in the background and does not report a full disk. */
    private Publisher<Void> committed(Connection connection) {
        String toDisk = dialect.toDisk();
        return toDisk == null
                ? connection.commitTransaction()
                : Mono.from(connection.commitTransaction())
                        .then(Mono.defer(() -> Insert.executed(connection.createStatement(toDisk))));
    }

    /** H2 ends the transaction at each statement of a schema, and copies a table when a column is added. */
    private Mono<Void> inTurn(Mono<Void> migration) {
        return dialect == Dialect.H2
                ? Mono.usingWhen(
                        MIGRATIONS.acquire(MAX_WAIT).onErrorMap(address::explained),
                        turn -> migration,
                        PooledRef::release)
                : migration;
    }

    private <T> Flux<T> connected(BooleanSupplier left, Function<Connection, ? extends Publisher<T>> work) {
        // Within as well: the pool hands a connection over on whatever thread gave it back.
        return Flux.<T, Connection>usingWhen(
                        pool.create().onErrorMap(address::explained),
                        connection -> left.getAsBoolean()
                                ? Flux.empty()
                                : Flux.defer(() -> work.apply(connection)).subscribeOn(scheduler),
                        Connection::close)
                .subscribeOn(scheduler);
    }
}
