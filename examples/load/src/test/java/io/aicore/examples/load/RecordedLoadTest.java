package io.aicore.examples.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.examples.server.ChatReplies;
import io.aicore.examples.server.DemoServer;
import io.aicore.limit.RetryBudget;
import io.aicore.llm.Llm;
import io.aicore.llm.LlmConfig;
import io.aicore.llm.LlmProvider;
import io.aicore.observability.ExportFormat;
import io.aicore.observability.LlmOperation;
import io.aicore.observability.LlmOperationCollector;
import io.aicore.observability.OperationFilter;
import io.aicore.observability.RetryStatistics;
import io.aicore.retry.Jitter;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import tools.jackson.databind.json.JsonMapper;

/** Ten thousand calls through a provider that fails every third request, all of them recorded. */
class RecordedLoadTest {

    private static final int CALLS = 10_000;
    private static final int AT_ONCE = 64;
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private static final JsonMapper JSON = JsonMapper.shared();

    @TempDir(cleanup = CleanupMode.ALWAYS)
    Path directory;

    private static DemoServer failing() {
        return DemoServer.start(question -> question.number() % 3 == 0
                ? ChatReplies.error(503, "server_is_overloaded")
                : ChatReplies.answer("Here I am.", 10, 5));
    }

    private static LlmProvider observed(DemoServer server, LlmOperationCollector collector) {
        return Llm.from(LlmConfig.builder()
                .provider("openai")
                .baseUrl(server.baseUrl())
                .apiKey("none")
                .model(DemoServer.MODEL)
                .retryBudget(RetryBudget.unlimited())
                .retrySettings(retry -> retry.maxRetries(100)
                        .initialDelay(Duration.ofMillis(1))
                        .maxDelay(Duration.ofMillis(1))
                        .jitter(Jitter.none()))
                .circuitSettings(circuit -> circuit.enabled(false))
                .observer(collector)
                .build());
    }

    /** Makes calls; how many answered. */
    private static long make(LlmProvider llm, int calls) {
        Long answered = Flux.range(0, calls)
                .flatMap(number -> llm.complete("Call " + number), AT_ONCE)
                .count()
                .block(PATIENCE);
        return Objects.requireNonNull(answered);
    }

    @Test
    void theDatabaseHoldsEachCallAndEachAttempt() throws IOException {
        LlmOperationCollector collector =
                LlmOperationCollector.at(directory.resolve("load").toString());
        try (DemoServer server = failing()) {
            LlmProvider llm = observed(server, collector);
            assertThat(make(llm, CALLS)).isEqualTo(CALLS);
            collector.flush().block(PATIENCE);
            llm.dispose();

            List<LlmOperation> recorded =
                    collector.operations(OperationFilter.ALL).collectList().block(PATIENCE);
            assertThat(recorded).hasSize(CALLS);
            assertThat(recorded.stream().map(LlmOperation::id).distinct()).hasSize(CALLS);
            RetryStatistics all = collector.retryStatistics().blockFirst(PATIENCE);
            assertThat(Objects.requireNonNull(all).operations()).isEqualTo(CALLS);
            long attempts =
                    recorded.stream().mapToLong(call -> 1 + call.retries()).sum();
            assertThat(attempts).isEqualTo(server.requests());
            assertThat(Math.round(all.meanRetries() * CALLS)).isEqualTo(server.requests() - CALLS);
            assertThat(attemptsOf(collector)).isEqualTo(server.requests());
            assertThat(collector.dropped()).isZero();
        } finally {
            collector.closeLater().block(PATIENCE);
        }
    }

    /** Those in the database, not what the calls say of themselves. */
    private long attemptsOf(LlmOperationCollector collector) throws IOException {
        Path file = directory.resolve("calls.jsonl");
        collector.export(OperationFilter.ALL, ExportFormat.JSONL, file).block(PATIENCE);
        try (Stream<String> calls = Files.lines(file)) {
            return calls.mapToLong(call -> JSON.readTree(call).path("attempts").size())
                    .sum();
        }
    }

    private static EmbeddedPostgres start(Path data, int port) throws IOException {
        return EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setPort(port)
                .start();
    }

    @Test
    void aDatabaseThatStopsHalfWayFailsNoCallAndEachMissingRecordIsCounted() throws Exception {
        Path data = directory.resolve("data");
        EmbeddedPostgres database = start(data, 0);
        LlmOperationCollector collector = LlmOperationCollector.builder()
                .url("r2dbc:postgresql://postgres@127.0.0.1:" + database.getPort() + "/postgres")
                .bufferSize(1_000)
                .build();
        try (DemoServer server = failing()) {
            LlmProvider llm = observed(server, collector);
            CompletableFuture<Void> stopped = new CompletableFuture<>();
            AtomicInteger answered = new AtomicInteger();
            long from = System.nanoTime();
            // Half of the calls, then the database is stopped while calls go on, then the other half.
            Flux.range(0, CALLS / 2)
                    .concatWith(Flux.range(CALLS / 2, CALLS / 2).doOnSubscribe(half -> stop(database, stopped)))
                    .flatMap(number -> llm.complete("Call " + number), AT_ONCE)
                    .doOnNext(answer -> told(answered.incrementAndGet(), from))
                    .blockLast(PATIENCE);
            stopped.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            // However many were made by the time it was down: these meet no database at all.
            assertThat(make(llm, CALLS / 2)).isEqualTo(CALLS / 2);
            llm.dispose();
            int made = CALLS + CALLS / 2;
            assertThat(answered).hasValue(CALLS);
            assertThat(collector.buffered()).isEqualTo(1_000);
            assertThat(collector.dropped()).isPositive();

            EmbeddedPostgres again = start(data, database.getPort());
            try {
                collector.flush().block(PATIENCE);

                assertThat(collector.written() + collector.dropped()).isEqualTo(made);
                assertThat(collector.count(OperationFilter.ALL).block(PATIENCE)).isEqualTo(made - collector.dropped());
                collector.closeLater().block(PATIENCE);
            } finally {
                again.close();
            }
        } finally {
            collector.closeLater().block(PATIENCE);
            database.close();
        }
    }

    private static void stop(EmbeddedPostgres database, CompletableFuture<Void> stopped) {
        stopped.completeAsync(() -> {
            try {
                database.close();
                return null;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** Not asserted, as the machine has other things to do: the calls after the stop are as quick as those before. */
    private static void told(int answered, long from) {
        if (answered == CALLS / 2 || answered == CALLS) {
            System.out.println(answered + " calls after " + (System.nanoTime() - from) / 1_000_000
                    + " ms, the database " + (answered == CALLS ? "stopped half-way" : "there"));
        }
    }
}
