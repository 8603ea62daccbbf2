package io.aicore.observability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.jerolba.carpet.CarpetReader;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.aicore.llm.codec.json.Json;
import io.aicore.llm.codec.json.JsonFields;
import java.io.File;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

/** What an export writes, read back by readers that know nothing of it. */
class ExportTest {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String HOSTILE =
            "=HYPERLINK(\"http://x\";\"y\"),'\"\r\n\tü\u2028😀\0\u001b[31m-- ; DROP TABLE aicore_operation";

    @TempDir
    Path directory;

    private static long written(Flux<Long> export) {
        Long rows = export.last(0L).block(PATIENCE);
        return rows == null ? -1 : rows;
    }

    private Path export(ExportFormat format, LlmOperation... calls) {
        Path file = directory.resolve("calls." + format);
        assertThat(written(Export.of(Flux.just(calls), format, file))).isEqualTo(calls.length);
        return file;
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static List<NamedCsvRecord> csv(Path file) throws IOException {
        try (CsvReader<NamedCsvRecord> reader = CsvReader.builder().ofNamedCsvRecord(file)) {
            return reader.stream().toList();
        }
    }

    private static List<JsonFields> jsonl(Path file) throws IOException {
        return Files.readAllLines(file).stream().map(Json::read).toList();
    }

    @SuppressWarnings({"rawtypes", "unchecked"})
    private static List<Map<String, Object>> parquet(Path file) throws IOException {
        return (List) new CarpetReader<>(file.toFile(), Map.class).toList();
    }

    private static LlmOperation hostile() {
        LlmOperation call = Calls.failed(HOSTILE, HOSTILE, 1, "overloaded");
        return new LlmOperation(
                new LlmOperation.Ids("hostile", null, TraceIds.NONE),
                new LlmOperation.Request(
                        "complete", HOSTILE, "@model", null, new Identity(HOSTILE, "", null), Map.of(HOSTILE, HOSTILE)),
                new LlmOperation.Timing(call.start(), Duration.ofNanos(1_234_567_000), null),
                new LlmOperation.Result(
                        call.outcome(), new FailureInfo("overloaded", HOSTILE, null, HOSTILE), null, null, null),
                new LlmOperation.Execution(1, Duration.ofHours(3), null, null, call.attempts()),
                new StoredContent(HOSTILE, null));
    }

    /** As the database holds it: texts without NUL. */
    private static String stored(String text) {
        return text.replace('\0', '\uFFFD');
    }

    @Test
    void csvHoldsEveryTextAsItWas() throws IOException {
        NamedCsvRecord row = csv(export(ExportFormat.CSV, hostile())).get(0);

        assertThat(row.getField("provider")).isEqualTo(stored(HOSTILE).substring(0, Math.min(100, HOSTILE.length())));
        assertThat(row.getField("session_id")).isEqualTo(stored(HOSTILE));
        assertThat(row.getField("prompt")).isEqualTo(stored(HOSTILE));
        assertThat(row.getField("model")).isEqualTo("@model");
        assertThat(row.getField("started_at")).isEqualTo("2026-11-23T12:00:00.123456Z");
        assertThat(row.getField("latency_ms")).isEqualTo("1234.567");
        assertThat(row.getField("waited_ms")).isEqualTo("10800000");
        assertThat(row.getField("cost_usd")).isEmpty();
        assertThat(Json.read(row.getField("extras")).at(HOSTILE).text()).isEqualTo(HOSTILE);
        JsonFields attempts = Json.read(row.getField("attempts"));
        assertThat(attempts.size()).isEqualTo(2);
        assertThat(attempts.at(0).at("delay_ms").count()).isEqualTo(1_050);
        assertThat(attempts.at(1).at("delay_ms").isNull()).isTrue();
    }

    @Test
    void csvTellsAnEmptyTextFromNone() throws IOException {
        String text = Files.readString(export(ExportFormat.CSV, Calls.call("a", "openai", 0)));

        assertThat(text).startsWith("id,started_at,operation,provider,model,host,session_id,workspace_id,agent_id,");
        assertThat(text.lines().findFirst().orElseThrow())
                .endsWith(",extras,prompt,answer,resends,call_id,trace_id,span_id,attempts");
        assertThat(text).contains(",session-openai,workspace,,success,,,,,0,0,100,,closed,");
        assertThat(Files.readString(export(ExportFormat.CSV, hostile()))).contains(",\"\",,error,");
    }

    @Test
    void jsonLinesHoldEveryTextAsItWas() throws IOException {
        List<JsonFields> rows = jsonl(export(ExportFormat.JSONL, hostile(), Calls.call("b", "openai", 1)));

        assertThat(rows).hasSize(2);
        JsonFields row = rows.get(0);
        assertThat(row.at("prompt").text()).isEqualTo(stored(HOSTILE));
        assertThat(row.string("workspace_id")).isEmpty();
        assertThat(row.at("agent_id").isNull()).isTrue();
        assertThat(row.at("input_tokens").isNull()).isTrue();
        assertThat(new BigDecimal(String.valueOf(row.scalar("latency_ms")))).isEqualByComparingTo("1234.567");
        assertThat(Json.read(row.at("extras").text()).at(HOSTILE).text()).isEqualTo(HOSTILE);
        JsonFields second = rows.get(1);
        assertThat(new BigDecimal(String.valueOf(second.scalar("cost_usd")))).isEqualByComparingTo("0.000123456789");
        assertThat(second.at("input_tokens").count()).isEqualTo(100);
        assertThat(second.at("attempts").at(0).at("status").index()).isEqualTo(429);
        assertThat(second.at("attempts").at(0).at("started_at").text()).isEqualTo("2026-11-23T12:00:01.123456Z");
        assertThat(second.at("attempts").at(1).at("status").index()).isEqualTo(200);
        assertThat(second.at("attempts").at(1).at("category").isNull()).isTrue();
        assertThat(second.members().keySet())
                .containsExactlyElementsOf(row.members().keySet());
    }

    @Test
    @SuppressWarnings("unchecked")
    void parquetHoldsEveryTextAsItWasAndTypesThatCalculate() throws IOException {
        List<Map<String, Object>> rows = parquet(export(ExportFormat.PARQUET, hostile(), Calls.call("b", "openai", 1)));

        assertThat(rows).hasSize(2);
        assertThat(rows.get(0))
                .containsEntry("prompt", stored(HOSTILE))
                .containsEntry("workspace_id", "")
                .containsEntry("agent_id", null)
                .containsEntry("cost_usd", null)
                .containsEntry("started_at", Calls.NOON)
                .containsEntry("latency_ms", 1_234.567)
                .containsEntry("first_token_ms", null)
                .containsEntry("retry_count", 1L);
        assertThat((BigDecimal) rows.get(1).get("cost_usd")).isEqualByComparingTo("0.000123456789");
        List<Map<String, Object>> attempts =
                (List<Map<String, Object>>) rows.get(1).get("attempts");
        assertThat(attempts).extracting(attempt -> attempt.get("number")).containsExactly(1L, 2L);
        assertThat(attempts.get(0))
                .containsEntry("started_at", Calls.NOON.plusSeconds(1))
                .containsEntry("delay_ms", 1_050.0)
                .containsEntry("category", "rate_limited");
        assertThat(attempts.get(1)).containsEntry("delay_ms", null).containsEntry("why", "");
    }

    @ParameterizedTest
    @EnumSource
    void nothingToWriteIsAFileWithoutRows(ExportFormat format) throws IOException {
        Path file = export(format);

        assertThat(rows(format, file)).isZero();
        assertThat(files()).containsExactly(file.getFileName().toString());
    }

    @ParameterizedTest
    @EnumSource
    void manyAreReadAsFarAsTheyAreWritten(ExportFormat format) throws IOException {
        AtomicLong made = new AtomicLong();
        AtomicLong mostAhead = new AtomicLong();
        Flux<LlmOperation> calls = Flux.generate(sink -> {
            long number = made.incrementAndGet();
            if (number > 20_000) {
                sink.complete();
            } else {
                sink.next(Calls.call("id-" + number, "openai", (int) (number % 3)));
            }
        });
        Path file = directory.resolve("calls");
        List<Long> told = new ArrayList<>();

        long rows = written(Export.of(calls, format, file).doOnNext(count -> {
            told.add(count);
            mostAhead.accumulateAndGet(made.get() - count, Math::max);
        }));

        assertThat(rows).isEqualTo(20_000);
        assertThat(mostAhead.get()).isLessThanOrEqualTo(1_024);
        assertThat(told).hasSizeGreaterThan(10).isSorted().endsWith(20_000L);
        assertThat(rows(format, file)).isEqualTo(20_000);
        assertThat(files()).containsExactly("calls");
    }

    private static long rows(ExportFormat format, Path file) throws IOException {
        return switch (format) {
            case CSV -> csv(file).size();
            case JSONL -> jsonl(file).size();
            case PARQUET -> parquet(file).size();
        };
    }

    @ParameterizedTest
    @EnumSource
    void anErrorLeavesWhatWasThereBefore(ExportFormat format) throws IOException {
        Path file = Files.writeString(directory.resolve("calls"), "the one before");
        Flux<LlmOperation> breaks = Flux.range(0, 1_000)
                .map(number -> Calls.call("id-" + number, "openai", 0))
                .concatWith(Flux.error(new IllegalStateException("the database is gone")));

        StepVerifier.create(Export.of(breaks, format, file).then())
                .expectErrorMessage("the database is gone")
                .verify(PATIENCE);
        assertThat(files()).containsExactly("calls");
        assertThat(file).hasContent("the one before");
    }

    @ParameterizedTest
    @EnumSource
    void aCancelLeavesNothing(ExportFormat format) throws Exception {
        Path file = directory.resolve("calls");
        CountDownLatch gone = new CountDownLatch(1);
        Flux<LlmOperation> endless = Flux.<LlmOperation>generate(sink -> sink.next(Calls.call("a", "openai", 1)))
                .doOnCancel(gone::countDown);

        StepVerifier.create(Export.of(endless, format, file), 1)
                .expectNext(256L)
                .thenCancel()
                .verify(PATIENCE);

        assertThat(gone.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        // The file is let go of after the cancel, on its own thread.
        Flux.defer(() -> {
                    try {
                        return Flux.just(files().isEmpty());
                    } catch (IOException e) {
                        return Flux.error(e);
                    }
                })
                .repeatWhen(ended -> ended.delayElements(Duration.ofMillis(10)))
                .filter(empty -> empty)
                .blockFirst(PATIENCE);
    }

    @Test
    void aDirectoryThatIsNotThereIsNamed() {
        Path nowhere = directory.resolve("nowhere").resolve("calls.csv");

        assertThatThrownBy(() -> written(Export.of(Flux.empty(), ExportFormat.CSV, nowhere)))
                .hasRootCauseInstanceOf(NoSuchFileException.class)
                .hasStackTraceContaining(directory.resolve("nowhere").toString());
        assertThatThrownBy(() -> written(Export.of(Flux.empty(), ExportFormat.CSV, directory)))
                .hasStackTraceContaining("expected: a file, not a directory");
    }

    @Test
    void aSecondSubscriptionIsASecondExport() throws IOException {
        Path file = directory.resolve("calls");
        Flux<Long> export = Export.of(Flux.just(Calls.call("a", "openai", 0)), ExportFormat.JSONL, file);

        assertThat(written(export)).isEqualTo(1);
        assertThat(written(export)).isEqualTo(1);
        assertThat(jsonl(file)).hasSize(1);
    }

    @Test
    void parquetWithoutItsLibraryNamesIt() throws Exception {
        URL[] without = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.contains("carpet"))
                .map(entry -> url(Path.of(entry)))
                .toArray(URL[]::new);
        try (URLClassLoader loader = new URLClassLoader(without, ClassLoader.getPlatformClassLoader())) {
            Class<?> formats = loader.loadClass(ExportFormat.class.getName());
            var create = formats.getDeclaredMethod("create", Path.class);
            create.setAccessible(true);
            Object parquet = formats.getMethod("valueOf", String.class).invoke(null, "PARQUET");

            assertThatThrownBy(() -> create.invoke(parquet, directory.resolve("calls")))
                    .cause()
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("com.jerolba:carpet-record");
        }
    }

    private static URL url(Path path) {
        try {
            return path.toUri().toURL();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void fromTheDatabaseWithTheAttemptsOfEach() throws IOException {
        Path file = directory.resolve("calls.jsonl");
        LlmOperationCollector collector =
                LlmOperationCollector.at(directory.resolve("db").toString());
        Database database = Database.at("r2dbc:h2:file:///" + directory.resolve("db"));
        OperationStore store = new OperationStore(database);
        store.write(IntStream.range(0, 700)
                        .mapToObj(i -> i % 7 == 0
                                ? Calls.at("id-" + i, Instant.EPOCH.plusSeconds(i))
                                        .attempts(List.of())
                                : Calls.call("id-" + i, i % 2 == 0 ? "openai" : "gemini", i % 4))
                        .toList())
                .block(PATIENCE);
        try {
            OperationFilter filter = OperationFilter.ALL.provider("openai").limit(300L);
            assertThat(collector.count(filter).block(PATIENCE)).isEqualTo(300);
            assertThat(collector.export(filter, ExportFormat.JSONL, file).block(PATIENCE))
                    .isEqualTo(300);
            assertThat(jsonl(file)).allSatisfy(row -> {
                int retries = row.at("retry_count").index();
                assertThat(row.at("attempts").size())
                        .isEqualTo(row.at("started_at").text().startsWith("1970") ? 0 : retries + 1);
                assertThat(row.at("provider").text()).isEqualTo("openai");
            });
        } finally {
            collector.closeLater().then(database.close()).block(PATIENCE);
        }
    }
}
