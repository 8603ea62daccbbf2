package io.aicore.examples.records;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.llm.LlmBaseProvider;
import io.aicore.llm.LlmConfig;
import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.codec.json.Json;
import io.aicore.llm.codec.json.JsonFields;
import io.aicore.llm.error.ErrorCategory;
import io.aicore.llm.error.ErrorDetails;
import io.aicore.llm.error.LlmException;
import io.aicore.llm.error.Phase;
import io.aicore.observability.LlmOperationCollector;
import io.aicore.observability.TraceIds;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

/** The command line over a real database of real calls. */
class RecordsTest {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String HOSTILE = "evil\u001b[31m\u202e\nmodel";

    @TempDir
    static Path directory;

    private static String db;
    private static String callId;

    /** Fails this often, then answers. */
    private static final class Flaky extends LlmBaseProvider {

        private int failures;

        Flaky(String name, String model, int failures, LlmOperationCollector collector) {
            super(
                    name,
                    LlmConfig.builder()
                            .provider(name)
                            .baseUrl("https://api.example/v1")
                            .model(model)
                            .retrySettings(retry -> retry.maxRetries(2)
                                    .initialDelay(Duration.ofMillis(1))
                                    .maxDelay(Duration.ofMillis(1)))
                            .observer(collector)
                            .build());
            this.failures = failures;
        }

        @Override
        protected Mono<Completion> attempt(CompletionRequest request) {
            if (failures-- <= 0) {
                return Mono.just(Completion.of("hi"));
            }
            return Mono.error(
                    LlmException.of(ErrorDetails.of(name(), ErrorCategory.OVERLOADED, true, "overloaded " + HOSTILE)
                            .response(503, "busy", "req-of-" + name())
                            .phase(Phase.FIRST_BYTE)));
        }
    }

    @BeforeAll
    static void record() {
        db = directory.resolve("calls").toString();
        Deque<String> traces = new ArrayDeque<>(List.of("trace-1", "trace-2", TRACE));
        LlmOperationCollector collector = LlmOperationCollector.builder()
                .url(db)
                .traces(context -> new TraceIds(traces.pop(), "00f067aa0ba902b7"))
                .build();
        call(new Flaky("alpha", "a-1", 0, collector));
        call(new Flaky("alpha", "a-1", 2, collector));
        callId = new Flaky("beta", HOSTILE, 3, collector)
                .complete("hello")
                .then(Mono.just("no error"))
                .onErrorResume(
                        LlmException.class, error -> Mono.just(error.history().callId()))
                .block(PATIENCE);
        collector.closeLater().block(PATIENCE);
    }

    private static void call(Flaky provider) {
        provider.complete("hello").onErrorComplete(LlmException.class).block(PATIENCE);
    }

    private record Run(int exitCode, String out, String err) {

        static Run of(String... arguments) {
            return of(false, arguments);
        }

        static Run of(boolean terminal, String... arguments) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            ByteArrayOutputStream err = new ByteArrayOutputStream();
            int exitCode = new Main(new PrintStream(out, false, UTF_8), new PrintStream(err, false, UTF_8), terminal)
                    .run(arguments);
            return new Run(exitCode, out.toString(UTF_8), err.toString(UTF_8));
        }

        List<JsonFields> lines() {
            assertThat(err).isEmpty();
            assertThat(exitCode).isZero();
            return out.lines().map(Json::read).toList();
        }
    }

    @Test
    void statisticsAreOneObjectAGroup() {
        List<JsonFields> groups =
                Run.of("stats", "--db", db, "--by", "provider", "--json").lines();

        assertThat(groups).extracting(group -> group.at("provider").text()).containsExactly("alpha", "beta");
        JsonFields alpha = groups.get(0);
        assertThat(alpha.members().keySet()).containsExactly("""
                        provider operations avg_retries max_retries success_rate first_try_success_rate p50_ms p95_ms
                        p99_ms waited_ms recovered tokens cost_usd""".split("\\s+"));
        assertThat(alpha.at("operations").index()).isEqualTo(2);
        assertThat(alpha.scalar("avg_retries")).isEqualTo("1");
        assertThat(alpha.at("max_retries").index()).isEqualTo(2);
        assertThat(alpha.scalar("first_try_success_rate")).isEqualTo("0.5");
        assertThat(alpha.at("recovered").index()).isEqualTo(1);
        assertThat(groups.get(1).scalar("success_rate")).isEqualTo("0");
    }

    @Test
    void statisticsAreNarrowedAndGroupedByMore() {
        assertThat(Run.of("--db", db, "--json", "stats").lines())
                .singleElement()
                .satisfies(all -> assertThat(all.at("operations").index()).isEqualTo(3));
        assertThat(Run.of("stats", "--db", db, "--by", "model,category", "--retried", "--json")
                        .lines())
                .extracting(group -> group.at("category").text())
                .containsExactly("none", "overloaded");
        assertThat(Run.of("stats", "--db", db, "--to", "2001-01-01T00:00:00Z", "--json")
                        .lines())
                .isEmpty();
    }

    @Test
    void aTableIsHarmlessInATerminal() {
        Run stats = Run.of("stats", "--db", db, "--by", "model");
        Run list = Run.of("list", "--db", db);

        assertThat(stats.out()).contains("evil?[31m? model").startsWith("model ");
        assertThat(stats.out().lines()).hasSize(3);
        assertThat(list.out().lines()).hasSize(4);
        assertThat(list.out() + stats.out()).doesNotContain("\u001b", "\u202e");
    }

    @Test
    void aCallIsShownWithItsAttempts() {
        JsonFields listed = Run.of("list", "--db", db, "--outcome", "error", "--json")
                .lines()
                .get(0);
        String id = listed.at("id").text();

        JsonFields shown = Run.of("show", "--db", db, id, "--json").lines().get(0);
        assertThat(shown.at("model").text()).isEqualTo(HOSTILE);
        assertThat(shown.at("attempts").size()).isEqualTo(3);
        assertThat(shown.at("attempts").at(0).at("status").index()).isEqualTo(503);
        Run text = Run.of("show", "--db", db, id);
        assertThat(text.exitCode()).isZero();
        assertThat(text.out()).contains("number", "req-of-beta").doesNotContain("\u001b", "\u202e");
    }

    @ParameterizedTest
    @ValueSource(strings = {"call", "trace", "request"})
    void aCallIsShownByTheIdThatLogsTracesOrTheProviderNameItBy(String kind) {
        String id = kind.equals("call") ? callId : kind.equals("trace") ? TRACE : "req-of-beta";

        JsonFields shown = Run.of("show", "--db", db, id, "--json").lines().get(0);
        assertThat(shown.at("provider").text()).isEqualTo("beta");
        assertThat(shown.at("call_id").text()).isEqualTo(callId);
        assertThat(shown.at("trace_id").text()).isEqualTo(TRACE);
        assertThat(shown.at("span_id").text()).isEqualTo("00f067aa0ba902b7");
        assertThat(shown.at("attempts").at(1).at("request_id").text()).isEqualTo("req-of-beta");
    }

    @ParameterizedTest
    @ValueSource(strings = {"csv", "jsonl", "parquet"})
    void callsAreExported(String format) throws IOException {
        Path file = directory.resolve("out." + format);

        Run run = Run.of(true, "export", "--db", db, "--format", format, "--retried", file.toString());
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).isEqualTo("2 calls written to " + file + "\n");
        assertThat(run.err()).contains("] 100 % 2 of 2\n");
        assertThat(file).isNotEmptyFile();
        if (format.equals("jsonl")) {
            assertThat(Files.readAllLines(file)).hasSize(2);
        }
    }

    @Test
    void withoutATerminalThereIsNoProgress() {
        Path file = directory.resolve("quiet.csv");

        Run run = Run.of("export", "--db", db, "--format", "csv", file.toString(), "--json");
        assertThat(run.lines().get(0).at("rows").index()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "stats --by moon",
                "stats --from yesterday",
                "stats --strange",
                "list --limit none",
                "list --limit 0",
                "export out.csv",
                "export --format xml out.xml",
                "show",
                "frobnicate"
            })
    void wrongUseIsToldInOneLine(String arguments) {
        Run run = Run.of(arguments.isEmpty() ? new String[0] : arguments.split(" "));

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err().lines()).hasSize(1);
        assertThat(run.err()).startsWith("records: ").doesNotContain("Exception");
    }

    @Test
    void whatIsNotThereIsAnErrorAndNotMade() throws IOException {
        Path nowhere = directory.resolve("nowhere");

        for (String address : List.of(nowhere.toString(), "r2dbc:h2:file:///" + nowhere)) {
            Run run = Run.of("stats", "--db", address);
            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.err()).contains("--db: ", nowhere + ".mv.db", "no such file");
        }
        assertThat(Run.of("show", "--db", db, "nobody").exitCode()).isEqualTo(1);
        assertThat(Run.of("stats", "--db", "r2dbc:postgresql://me:s3cr3t@localhost:1/calls"))
                .satisfies(run -> assertThat(run.exitCode()).isEqualTo(1))
                .satisfies(run -> assertThat(run.err())
                        .contains("the database calls at localhost:1 cannot be reached")
                        .doesNotContain("s3cr3t"));
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files.map(Path::toString)).noneMatch(file -> file.contains("nowhere"));
        }
    }

    @Test
    void helpIsNoError() {
        assertThat(Run.of("--help"))
                .satisfies(run -> assertThat(run.exitCode()).isZero())
                .satisfies(run -> assertThat(run.out()).contains("stats", "list", "show", "export", "--db"));
        assertThat(Run.of("export", "--help").out()).contains("--format", "--retried", "FILE");
    }
}
