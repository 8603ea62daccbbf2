package io.aicore.examples.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.examples.server.ChatReplies;
import io.aicore.examples.server.DemoServer;
import io.aicore.llm.Llm;
import io.aicore.llm.LlmConfig;
import io.aicore.llm.LlmProvider;
import io.aicore.observability.LlmOperation;
import io.aicore.observability.LlmOperationCollector;
import io.aicore.observability.OperationFilter;
import io.aicore.observability.RetryStatistics;
import io.aicore.retry.Jitter;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;

/** Ten thousand calls through a provider that fails every third request, all of them recorded. */
class RecordedLoadTest {

    private static final int CALLS = 10_000;
    private static final int AT_ONCE = 64;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
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
    void theDatabaseHoldsEachCallAndEachAttempt() {
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
            collector.close().block(PATIENCE);
        }
    }

    /** Rows, not what the calls say of themselves. */
    private static long attemptsOf(LlmOperationCollector collector) {
        Long rows = collector
                .operations(OperationFilter.ALL.retried())
                .concatMap(call -> collector.operation(call.id()))
                .map(call -> (long) call.attempts().size())
                .reduce(0L, Long::sum)
                .block(PATIENCE);
        Long single = collector
                .operations(OperationFilter.ALL)
                .filter(call -> call.retries() == 0)
                .count()
                .block(PATIENCE);
        return Objects.requireNonNull(rows) + Objects.requireNonNull(single);
    }

    @Test
    void aDatabaseThatStopsHalfWayFailsNoCallAndEachMissingRecordIsCounted() throws IOException {
        EmbeddedPostgres database = EmbeddedPostgres.builder().start();
        LlmOperationCollector collector = LlmOperationCollector.builder()
                .url("r2dbc:postgresql://postgres@127.0.0.1:" + database.getPort() + "/postgres")
                .bufferSize(1_000)
                .closeTimeout(Duration.ofMillis(100))
                .build();
        try (DemoServer server = failing()) {
            LlmProvider llm = observed(server, collector);
            assertThat(make(llm, CALLS / 2)).isEqualTo(CALLS / 2);
            collector.flush().block(PATIENCE);
            long before = collector.written();
            assertThat(before + collector.dropped()).isEqualTo(CALLS / 2);

            database.close();

            assertThat(make(llm, CALLS / 2)).isEqualTo(CALLS / 2);
            llm.dispose();
            assertThat(collector.buffered()).isLessThanOrEqualTo(1_000);
            collector.close().block(PATIENCE);
            assertThat(collector.written()).isEqualTo(before);
            assertThat(collector.dropped()).isEqualTo(CALLS - before);
        } finally {
            collector.close().block(PATIENCE);
        }
    }
}
