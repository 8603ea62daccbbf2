package io.aicore.observability;

import static org.assertj.core.api.Assertions.assertThat;

import io.r2dbc.spi.Connection;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reactivestreams.Publisher;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.test.scheduler.VirtualTimeScheduler;

/** What a database does with its connections, on an H2 file. */
class DatabaseTest {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration MAX_IDLE = Duration.ofMillis(1);

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final Scheduler loop = Schedulers.newSingle("must-not-block");

    @TempDir
    Path directory;

    private Schedulers.Snapshot schedulers;

    @BeforeEach
    void timeIsOurs() {
        schedulers = Schedulers.setFactoryWithSnapshot(new Schedulers.Factory() {
            @Override
            public Scheduler newParallel(int parallelism, ThreadFactory threads) {
                return time;
            }
        });
    }

    @AfterEach
    void timeIsEverybodys() {
        Schedulers.resetFrom(schedulers);
        loop.dispose();
    }

    private Database database() {
        return Database.at("r2dbc:h2:file:///" + directory.resolve("db"), MAX_IDLE);
    }

    private static long one(Database database) {
        return database.onConnection(connection -> Flux.from(connection
                                .createStatement("SELECT CAST(1 AS BIGINT) AS one")
                                .execute())
                        .concatMap(result -> result.map((row, metadata) -> row.get("one", Long.class))))
                .single()
                .block(PATIENCE);
    }

    /** Closing H2 blocks: were it done on a thread of timers, nothing would be read or written any more. */
    @Test
    void connectionsThatNobodyUsesDoNotEndTheDatabase() {
        Database database = database();
        assertThat(one(database)).isEqualTo(1);
        long used = System.currentTimeMillis();
        while (System.currentTimeMillis() - used <= MAX_IDLE.toMillis()) {
            Thread.onSpinWait();
        }
        onALoop(Mono.fromRunnable(() -> time.advanceTimeBy(Duration.ofHours(1))));
        assertThat(one(database)).isEqualTo(1);
        database.close().block(PATIENCE);
    }

    @Test
    void whoMustNotBlockMayCloseIt() {
        Database database = database();
        assertThat(one(database)).isEqualTo(1);
        onALoop(database.close());
        // The file is free again.
        Database next = database();
        assertThat(one(next)).isEqualTo(1);
        onALoop(next.close());
    }

    private void onALoop(Mono<?> work) {
        work.subscribeOn(loop).block(PATIENCE);
    }

    /** Opening a file blocks, and so does the first socket of a process. */
    @Test
    void connectionsAreMadeWhereBlockingIsAllowed() {
        Database database = Database.at(WatchedDriver.URL, MAX_IDLE);
        onALoop(database.inTransaction(DatabaseTest::nothing).onErrorComplete());
        assertThat(WatchedDriver.WHERE_BLOCKING_IS_ALLOWED).hasPositiveValue();
        assertThat(WatchedDriver.ELSEWHERE).hasValue(0);
        onALoop(database.close());
    }

    /** Viewers who turn pages leave queries behind. */
    @Test
    void whoGoesAwayNeitherReadsNorKeepsWritersWaiting() {
        Database database = database();
        assertThat(one(database)).isEqualTo(1);
        AtomicInteger begun = new AtomicInteger();
        Sinks.Empty<Void> statements = Sinks.empty();
        Sinks.Empty<Void> three = Sinks.empty();
        Publisher<Object> statement = Mono.defer(() -> {
            if (begun.incrementAndGet() == 3) {
                three.tryEmitEmpty();
            }
            return statements.asMono();
        });
        List<Disposable> readers = Stream.generate(
                        () -> database.onConnection(connection -> statement).subscribe())
                .limit(20)
                .toList();
        three.asMono().block(PATIENCE);
        readers.forEach(Disposable::dispose);

        // The statements run on for nobody, and there is a connection for who writes.
        database.inTransaction(DatabaseTest::nothing).block(PATIENCE);
        statements.tryEmitEmpty();
        assertThat(IntStream.range(0, 5).mapToLong(i -> one(database))).containsOnly(1L);
        assertThat(begun).hasValue(3);
        database.close().block(PATIENCE);
    }

    private static Mono<Void> nothing(Connection connection) {
        return Flux.from(connection.createStatement("SELECT 1").execute())
                .concatMap(result -> result.map((row, metadata) -> true))
                .then();
    }
}
