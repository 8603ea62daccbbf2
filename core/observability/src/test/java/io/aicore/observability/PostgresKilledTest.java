package io.aicore.observability;

import static io.aicore.observability.StoreSuite.PATIENCE;
import static io.aicore.observability.StoreSuite.all;
import static io.aicore.observability.StoreSuite.done;
import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.error.ErrorCategory;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** A PostgreSQL whose processes are killed while it is written to, and which comes back. */
class PostgresKilledTest {

    private static final int BUFFER = 1_000;
    private static final int EVERY = 10;

    @TempDir(cleanup = CleanupMode.ALWAYS)
    Path directory;

    private final AtomicInteger made = new AtomicInteger();
    private final AtomicInteger answered = new AtomicInteger();

    private final List<EmbeddedPostgres> started = new ArrayList<>();

    @AfterEach
    void stop() throws IOException {
        for (EmbeddedPostgres server : started) {
            server.close();
        }
    }

    private EmbeddedPostgres start(Path data, int port) throws IOException {
        EmbeddedPostgres server = EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setPort(port)
                // As a server is by default: what it says is committed survives it.
                .setServerConfig("synchronous_commit", "on")
                .start();
        started.add(server);
        return server;
    }

    /** SIGKILL for the server and all that it started. */
    private static void kill(Path data) throws Exception {
        long pid = Long.parseLong(
                Files.readAllLines(data.resolve("postmaster.pid")).get(0).strip());
        ProcessHandle server = ProcessHandle.of(pid).orElseThrow();
        List<ProcessHandle> all =
                Stream.concat(Stream.of(server), server.descendants()).toList();
        all.forEach(ProcessHandle::destroyForcibly);
        CompletableFuture.allOf(all.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new))
                .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    /** On a thread that must not block: every tenth fails once and is tried again. */
    private void call(Provider provider, int calls) {
        Mono.fromRunnable(() -> {
                    for (int i = 0; i < calls; i++) {
                        int number = made.incrementAndGet();
                        if (number % EVERY == 0) {
                            provider.fails(Provider.failure(ErrorCategory.RATE_LIMITED, 429, true, null));
                        }
                        provider.answers("hi")
                                .complete(CompletionRequest.builder()
                                        .user("hello")
                                        .metadata("number", String.valueOf(number))
                                        .build())
                                .subscribe(answer -> answered.incrementAndGet());
                        provider.time.advanceTimeBy(Duration.ofSeconds(20));
                    }
                })
                .subscribeOn(Schedulers.parallel())
                .block(PATIENCE);
    }

    private static List<LlmOperation> recorded(int port) {
        Database database = Database.at(url(port));
        List<LlmOperation> all = all(new OperationStore(database).operationsWithAttempts(OperationFilter.ALL));
        done(database.close());
        return all;
    }

    private static String url(int port) {
        return "r2dbc:postgresql://postgres@localhost:" + port + "/postgres";
    }

    /** Whether somebody waits for the lock of another. */
    private static boolean waits(EmbeddedPostgres server) throws SQLException {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement sql = connection.createStatement();
                ResultSet waiting = sql.executeQuery("SELECT 1 FROM pg_locks WHERE NOT granted")) {
            return waiting.next();
        }
    }

    @Test
    void whatWasNotDroppedIsThereExactlyOnce() throws Exception {
        Path data = directory.resolve("data");
        EmbeddedPostgres server = start(data, 0);
        LlmOperationCollector collector = LlmOperationCollector.builder()
                .url(url(server.getPort()))
                .bufferSize(BUFFER)
                .build();
        Provider provider = Provider.observed(collector);
        call(provider, 100);
        done(collector.flush());
        assertThat(collector.written()).isEqualTo(100);

        try (Connection other = server.getPostgresDatabase().getConnection();
                Statement sql = other.createStatement()) {
            other.setAutoCommit(false);
            sql.execute("LOCK TABLE aicore_operation");
            call(provider, BUFFER);
            // However quick the writer is: a batch is in the middle of its statement.
            StoreSuite.await(Mono.fromCallable(() -> waits(server)).subscribeOn(Schedulers.boundedElastic()));
            kill(data);
        }
        call(provider, 2 * BUFFER);

        assertThat(collector.written()).isEqualTo(100);
        assertThat(answered).hasValue(100 + 3 * BUFFER);
        assertThat(collector.buffered()).isEqualTo(BUFFER);
        assertThat(collector.dropped()).isEqualTo(100 + 3 * BUFFER - BUFFER - collector.written());

        server.close();
        start(data, server.getPort());
        done(collector.flush());
        List<LlmOperation> kept = recorded(server.getPort());

        assertThat(collector.buffered()).isZero();
        assertThat(kept).hasSize((int) collector.written());
        assertThat(collector.written() + collector.dropped()).isEqualTo(made.get());
        assertThat(kept).extracting(call -> call.extras().get("number")).doesNotHaveDuplicates();
        assertThat(kept)
                .allSatisfy(call -> assertThat(call.attempts())
                        .hasSize(Integer.parseInt(call.extras().get("number")) % EVERY == 0 ? 2 : 1));
        done(collector.closeLater());
    }
}
