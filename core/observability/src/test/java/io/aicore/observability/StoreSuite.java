package io.aicore.observability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.aicore.limit.CircuitState;
import io.aicore.llm.chat.Usage;
import io.aicore.llm.observe.CallOutcome;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactories;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

/** What a store must do on every engine; a subclass says where the database is. */
abstract class StoreSuite {

    static final Duration PATIENCE = Duration.ofMinutes(3);

    private String url;
    private Database database;
    private OperationStore store;

    /** The address of an empty database. */
    abstract String emptyDatabase();

    @BeforeEach
    void open() {
        url = emptyDatabase();
        database = Database.at(url);
        store = new OperationStore(database);
    }

    @AfterEach
    void close() {
        done(database.close());
    }

    static void done(Mono<Void> work) {
        StepVerifier.create(work).expectComplete().verify(PATIENCE);
    }

    static <T> List<T> all(Flux<T> flux) {
        List<T> read = new ArrayList<>();
        StepVerifier.create(flux.doOnNext(read::add).then()).expectComplete().verify(PATIENCE);
        return read;
    }

    private List<String> ids(OperationFilter filter) {
        return all(store.operations(filter)).stream().map(LlmOperation::id).toList();
    }

    @Test
    void whatIsWrittenIsRead() {
        LlmOperation recovered = Calls.call("a", "openai", 2);
        LlmOperation failed = Calls.failed("b", "gemini", 3, "overloaded");
        done(store.write(List.of(recovered, failed)));

        StepVerifier.create(store.operation("a"))
                .expectNext(recovered)
                .expectComplete()
                .verify(PATIENCE);
        StepVerifier.create(store.operation("b"))
                .expectNext(failed)
                .expectComplete()
                .verify(PATIENCE);
        StepVerifier.create(store.operation("c")).expectComplete().verify(PATIENCE);
    }

    @Test
    void whoAsksInSqlSeesEveryAttempt() {
        LlmOperation clean = Calls.call("a", "openai", 0);
        LlmOperation recovered = Calls.call("b", "openai", 2);
        LlmOperation failed = Calls.failed("c", "openai", 0, "overloaded");
        done(store.write(List.of(clean, recovered, failed)));

        List<LlmAttempt> attempts = all(database.onConnection(connection -> Flux.from(connection
                        .createStatement("SELECT * FROM aicore_attempt ORDER BY operation_id, number")
                        .execute())
                .concatMap(result -> result.map((row, metadata) -> AttemptTable.read(row, "")))));

        assertThat(attempts)
                .containsExactlyElementsOf(Stream.of(clean, recovered, failed)
                        .flatMap(call -> call.attempts().stream())
                        .toList());
        assertThat(all(store.operationsWithAttempts(OperationFilter.ALL)))
                .containsExactlyInAnyOrder(clean, recovered, failed);
        StepVerifier.create(store.operation("a"))
                .expectNext(clean)
                .expectComplete()
                .verify(PATIENCE);
    }

    @Test
    void whateverTextIsStored() {
        LlmOperation whole = Calls.call("a", "'; DROP TABLE aicore_operation; -- \\ \" $1 \uD83D\uDE00", 0);
        LlmOperation broken = Calls.call("b", "a\0b\uD83Dc\uDE00", 1);
        done(store.write(List.of(whole, broken)));

        StepVerifier.create(store.operation("a"))
                .expectNext(whole)
                .expectComplete()
                .verify(PATIENCE);
        StepVerifier.create(store.operation("b").map(LlmOperation::provider))
                .expectNext("a\uFFFDb\uFFFDc\uFFFD")
                .expectComplete()
                .verify(PATIENCE);
    }

    @Test
    void longWordsAreStored() {
        String prompt = "\u00FC".repeat(1_000_000);
        done(store.write(IntStream.range(0, 10)
                .mapToObj(i -> Calls.saying("id-" + i, prompt, "answer " + i))
                .toList()));

        assertThat(all(store.operations(OperationFilter.ALL)))
                .extracting(call -> call.content().prompt())
                .hasSize(10)
                .allMatch(prompt::equals);
    }

    @Test
    void writingTheSameAgainChangesNothing() {
        List<LlmOperation> batch = List.of(Calls.call("a", "openai", 2), Calls.call("b", "openai", 0));
        done(store.write(batch));
        done(store.write(batch));

        assertThat(ids(OperationFilter.ALL)).containsExactlyInAnyOrder("a", "b");
        StepVerifier.create(store.operation("a").map(call -> call.attempts().size()))
                .expectNext(3)
                .expectComplete()
                .verify(PATIENCE);
    }

    @Test
    void aLargeBatchOfWhichAPartIsThereIsWrittenOnce() {
        List<LlmOperation> calls = IntStream.range(0, 90)
                .mapToObj(i -> Calls.call("id-" + i, "openai", i % 3))
                .toList();
        done(store.write(calls.subList(0, 60)));
        done(store.write(calls.subList(30, 90)));

        assertThat(ids(OperationFilter.ALL)).hasSize(90);
        assertThat(all(store.statistics(OperationFilter.ALL, List.of())).get(0).meanRetries())
                .isEqualTo(1.0);
        StepVerifier.create(store.operation("id-89").map(call -> call.attempts().size()))
                .expectNext(3)
                .expectComplete()
                .verify(PATIENCE);
    }

    @Test
    void eachFilterNarrows() {
        done(store.write(List.of(
                Calls.call("a", "openai", 0),
                Calls.call("b", "openai", 2),
                Calls.failed("c", "gemini", 3, "overloaded"),
                Calls.at("d", Calls.NOON.plusSeconds(60)))));

        assertThat(ids(OperationFilter.ALL)).hasSize(4).first().isEqualTo("d");
        assertThat(ids(OperationFilter.ALL.from(Calls.NOON.plusSeconds(60)))).containsExactly("d");
        assertThat(ids(OperationFilter.ALL.to(Calls.NOON.plusSeconds(60)))).containsExactly("a", "b", "c");
        assertThat(ids(OperationFilter.ALL.provider("gemini"))).containsExactly("c");
        assertThat(ids(OperationFilter.ALL.model("gemini-model"))).containsExactly("c");
        assertThat(ids(OperationFilter.ALL.outcome(CallOutcome.ERROR))).containsExactly("c");
        assertThat(ids(OperationFilter.ALL.category("overloaded"))).containsExactly("c");
        assertThat(ids(OperationFilter.ALL.tokens(120L, 120L))).containsExactly("d", "a", "b");
        assertThat(ids(OperationFilter.ALL.tokens(121L, null))).isEmpty();
        assertThat(ids(OperationFilter.ALL.latency(Duration.ofMillis(300), Duration.ofSeconds(9))))
                .containsExactly("b", "c");
        assertThat(ids(OperationFilter.ALL.retried())).containsExactly("b", "c");
        assertThat(ids(OperationFilter.ALL.session("session-gemini"))).containsExactly("c");
        assertThat(ids(OperationFilter.ALL.text("t-100%_B"))).containsExactly("b");
        assertThat(ids(OperationFilter.ALL.text("100_"))).isEmpty();
        assertThat(ids(OperationFilter.ALL.text("' OR '1'='1"))).isEmpty();
        assertThat(ids(OperationFilter.ALL.limit(2L))).containsExactly("d", "a");
    }

    @Test
    void aListingIsReadAsFarAsItIsAskedFor() {
        done(store.write(IntStream.range(0, 600)
                .mapToObj(i -> Calls.at("id-" + i, Calls.NOON.plusSeconds(i)))
                .toList()));

        StepVerifier.create(store.operations(OperationFilter.ALL).map(LlmOperation::id), 1)
                .expectNext("id-599")
                .thenRequest(2)
                .expectNext("id-598", "id-597")
                .thenCancel()
                .verify(PATIENCE);
        // The connection is back: as many again as the pool has would otherwise wait for it.
        for (int i = 0; i < 8; i++) {
            assertThat(ids(OperationFilter.ALL.limit(1L))).containsExactly("id-599");
        }
    }

    @Test
    void readersWhoLeaveFromAnotherThreadHarmNobody() {
        done(store.write(IntStream.range(0, 3_000)
                .mapToObj(i -> Calls.at("id-" + i, Calls.NOON.plusSeconds(i)))
                .toList()));

        done(Flux.range(0, 60)
                .flatMap(
                        i -> Flux.<Object>from(
                                        i % 2 == 0
                                                ? store.operations(OperationFilter.ALL)
                                                : store.statistics(OperationFilter.ALL, List.of(GroupBy.HOUR)))
                                .takeUntilOther(Mono.delay(Duration.ofMillis(i)))
                                .then(),
                        4)
                .then());

        done(store.write(List.of(Calls.at("later", Calls.NOON.plusSeconds(9_000)))));
        assertThat(ids(OperationFilter.ALL)).hasSize(3_001).first().isEqualTo("later");
    }

    @Test
    void statisticsSayWhatRetriesCostAndSaved() {
        done(store.write(List.of(
                Calls.call("a", "openai", 0),
                Calls.call("b", "openai", 2),
                Calls.failed("c", "openai", 3, "overloaded"),
                Calls.call("d", "gemini", 1))));

        List<RetryStatistics> byProvider = all(store.statistics(OperationFilter.ALL, List.of(GroupBy.PROVIDER)));

        assertThat(byProvider).extracting(RetryStatistics::provider).containsExactly("gemini", "openai");
        RetryStatistics openai = byProvider.get(1);
        assertThat(openai.operations()).isEqualTo(3);
        assertThat(openai.meanRetries()).isEqualTo(5 / 3.0);
        assertThat(openai.maxRetries()).isEqualTo(3);
        assertThat(openai.successRate()).isEqualTo(2 / 3.0);
        assertThat(openai.firstTrySuccessRate()).isEqualTo(1 / 3.0);
        assertThat(openai.recovered()).isEqualTo(1);
        assertThat(openai.waited()).isEqualTo(Duration.ofSeconds(5));
        assertThat(openai.latency().p50()).isEqualTo(Duration.ofMillis(300));
        assertThat(openai.latency().p99()).isBetween(Duration.ofSeconds(8), Duration.ofSeconds(9));
        assertThat(openai.tokens()).isEqualTo(240);
        assertThat(openai.costUsd()).isEqualByComparingTo(new BigDecimal("0.000246913578"));
    }

    @Test
    void statisticsSayWhatTheirSumsLeaveOut() {
        Usage usage = Usage.of(100, 20);
        done(store.write(List.of(
                Calls.call("priced", "openai", 0),
                Calls.unpriced(Calls.call("unpriced", "openai", 0), "complete", usage),
                Calls.unpriced(Calls.call("unknown", "openai", 0), "stream", null),
                Calls.unpriced(Calls.failed("broken", "openai", 0, "connection"), "stream", usage),
                Calls.failed("failed", "openai", 3, "overloaded"),
                Calls.unpriced(Calls.call("counted", "openai", 0), "count_tokens", null),
                Calls.unpriced(Calls.call("local", "ollama", 0), "complete", null))));

        List<RetryStatistics> byProvider = all(store.statistics(OperationFilter.ALL, List.of(GroupBy.PROVIDER)));

        assertThat(byProvider)
                .extracting(RetryStatistics::unknown)
                .containsExactly(new RetryStatistics.Unknown(1, 1), new RetryStatistics.Unknown(4, 2));
        assertThat(byProvider.get(0).costUsd()).isNull();
        OperationFilter filter = OperationFilter.ALL.from(Calls.NOON).to(Calls.NOON.plusSeconds(60));
        assertThat(all(store.timeline(filter, Duration.ofSeconds(60))))
                .extracting(bucket -> bucket.totals().unknown())
                .containsExactly(new RetryStatistics.Unknown(5, 3));
    }

    @Test
    void statisticsAreGroupedBySeveralThings() {
        done(store.write(List.of(
                Calls.call("a", "openai", 0),
                Calls.failed("b", "openai", 3, "overloaded"),
                Calls.at("c", Calls.NOON.plus(Duration.ofHours(2))))));

        assertThat(all(store.statistics(OperationFilter.ALL, List.of(GroupBy.HOUR, GroupBy.CATEGORY))))
                .extracting(RetryStatistics::group)
                .containsExactly(
                        Map.of(GroupBy.HOUR, "2026-11-23T12:00:00Z", GroupBy.CATEGORY, "none"),
                        Map.of(GroupBy.HOUR, "2026-11-23T12:00:00Z", GroupBy.CATEGORY, "overloaded"),
                        Map.of(GroupBy.HOUR, "2026-11-23T14:00:00Z", GroupBy.CATEGORY, "none"));
        assertThat(all(store.statistics(OperationFilter.ALL, List.of())))
                .singleElement()
                .satisfies(together -> assertThat(together.operations()).isEqualTo(3));
        assertThat(all(store.statistics(OperationFilter.ALL.provider("nobody"), List.of())))
                .isEmpty();
    }

    @Test
    void aListingGoesOnAfterACall() {
        done(store.write(IntStream.range(0, 7)
                .mapToObj(i -> Calls.at("id-" + i, Calls.NOON.plusSeconds(i / 3)))
                .toList()));
        OperationFilter page = OperationFilter.ALL.limit(3L);

        List<String> read = new ArrayList<>();
        List<LlmOperation> next = all(store.operations(page));
        while (!next.isEmpty()) {
            next.forEach(call -> read.add(call.id()));
            LlmOperation last = next.get(next.size() - 1);
            next = all(store.operationsAfter(page, last.start(), last.id()));
        }
        assertThat(read).containsExactly("id-6", "id-3", "id-4", "id-5", "id-0", "id-1", "id-2");
    }

    @Test
    void aTimelineSaysWhatHappenedInEachSpan() {
        Instant start = Instant.parse("2026-11-23T12:00:00Z");
        done(store.write(List.of(
                Calls.call("a", "openai", 0),
                Calls.call("b", "openai", 2),
                Calls.failed("c", "openai", 3, "overloaded"),
                Calls.at("d", start.plusSeconds(29)),
                Calls.at("e", start.plusSeconds(30)),
                Calls.at("f", start.plusSeconds(600)))));
        OperationFilter filter = OperationFilter.ALL.from(start).to(start.plusSeconds(600));

        List<TimelineBucket> timeline = all(store.timeline(filter, Duration.ofSeconds(30)));
        assertThat(timeline).extracting(TimelineBucket::start).containsExactly(start, start.plusSeconds(30));
        TimelineBucket first = timeline.get(0);
        assertThat(first.calls()).isEqualTo(4);
        assertThat(first.attempts()).isEqualTo(9);
        assertThat(first.successes().calls()).isEqualTo(3);
        assertThat(first.successes().firstTry()).isEqualTo(2);
        assertThat(first.totals().waited()).isEqualTo(Duration.ofSeconds(5));
        assertThat(first.latency().p50()).isEqualTo(Duration.ofMillis(200));
        assertThat(first.totals().tokens()).isEqualTo(360);
        assertThat(first.totals().costUsd()).isEqualByComparingTo(new BigDecimal("0.000370370367"));
        assertThat(all(store.timeline(filter.provider("nobody"), Duration.ofSeconds(30))))
                .isEmpty();
        assertThat(all(store.retriesByCause(filter, Duration.ofSeconds(30))))
                .containsExactly(new RetriesByCause(start, Map.of("rate_limited", 5L)));
        assertThat(all(store.retriesByCause(filter.outcome(CallOutcome.ERROR), Duration.ofSeconds(30))))
                .containsExactly(new RetriesByCause(start, Map.of("rate_limited", 3L)));
        assertThat(all(store.failuresByCategory(filter, Duration.ofSeconds(30))))
                .containsExactly(new FailuresByCategory(start, Map.of("overloaded", 1L)));
        assertThat(all(store.failuresByCategory(filter.outcome(CallOutcome.SUCCESS), Duration.ofSeconds(30))))
                .isEmpty();
    }

    @Test
    void failuresAreCountedByCategoryInEachSpan() {
        Instant start = Instant.parse("2026-11-23T12:00:00Z");
        done(store.write(List.of(
                Calls.failed("a", "openai", 0, "authentication"),
                Calls.failed("b", "openai", 3, "overloaded"),
                Calls.failed("c", "mistral", 3, "overloaded"),
                Calls.failed("d", "mistral", 3, null),
                Calls.call("e", "mistral", 3))));
        OperationFilter filter = OperationFilter.ALL.from(start).to(start.plusSeconds(600));

        assertThat(all(store.failuresByCategory(filter, Duration.ofSeconds(30))))
                .containsExactly(
                        new FailuresByCategory(start, Map.of("authentication", 1L, "overloaded", 2L, "unknown", 1L)));
        assertThat(all(store.failuresByCategory(filter.provider("openai"), Duration.ofSeconds(30))))
                .containsExactly(new FailuresByCategory(start, Map.of("authentication", 1L, "overloaded", 1L)));
    }

    @Test
    void aTimelineIsBounded() {
        OperationFilter hour = OperationFilter.ALL.from(Calls.NOON).to(Calls.NOON.plus(Duration.ofHours(1)));
        assertThat(all(store.timeline(hour, Duration.ofSeconds(2)))).isEmpty();
        assertThatThrownBy(() -> store.timeline(hour, Duration.ofSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2000");
        assertThatThrownBy(() -> store.timeline(hour, Duration.ofMillis(1_500)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("width");
        assertThatThrownBy(() -> store.retriesByCause(OperationFilter.ALL, Duration.ofHours(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("from, to");
    }

    @Test
    void namesAndNumberOfCallsAreKnown() {
        done(store.write(
                List.of(Calls.call("a", "openai", 0), Calls.call("b", "gemini", 2), Calls.call("c", "openai", 1))));

        assertThat(all(store.models(OperationFilter.ALL)))
                .containsExactly(new ModelName("gemini", "gemini-model"), new ModelName("openai", "openai-model"));
        assertThat(all(store.models(OperationFilter.ALL.limit(1L)))).hasSize(1);
        assertThat(all(store.count(OperationFilter.ALL.retried()).flux())).containsExactly(2L);
    }

    @Test
    void whatIsWrittenChangesTheMark() {
        String empty = mark();
        assertThat(mark()).isEqualTo(empty);
        done(store.write(List.of(Calls.call("a", "openai", 0))));
        String one = mark();
        // An old call that is recorded late counts as well.
        done(store.write(List.of(Calls.at("b", Calls.NOON.minusSeconds(3_600)))));
        String two = mark();
        done(store.writeCircuits(List.of(new CircuitChange("me", "openai", Calls.NOON, CircuitState.OPEN))));

        assertThat(List.of(empty, one, two, mark())).doesNotHaveDuplicates();
    }

    private String mark() {
        return all(store.changeMark().flux()).get(0);
    }

    @Test
    void theNewestChangesOfCircuitsAreReadOldestFirst() {
        List<CircuitChange> changes = IntStream.range(0, 5)
                .mapToObj(i -> new CircuitChange("me", "openai", Calls.NOON.plusSeconds(i), CircuitState.OPEN))
                .toList();
        done(store.writeCircuits(changes));

        assertThat(all(store.circuitChanges(Calls.NOON, Calls.NOON.plusSeconds(4), 3)))
                .isEqualTo(changes.subList(1, 4));
    }

    @Test
    void oldCallsAreForgottenWithTheirAttempts() {
        done(store.write(IntStream.range(0, 10)
                .mapToObj(i -> Calls.at("id-" + i, Calls.NOON.plusSeconds(i)))
                .toList()));

        StepVerifier.create(store.deleteBefore(Calls.NOON.plusSeconds(4)))
                .expectNext(4L)
                .expectComplete()
                .verify(PATIENCE);
        StepVerifier.create(store.keepNewest(2)).expectNext(4L).expectComplete().verify(PATIENCE);
        assertThat(ids(OperationFilter.ALL)).containsExactly("id-9", "id-8");
    }

    /** Waits until the database says so. */
    static void await(Mono<Boolean> condition) {
        Boolean met = condition
                .repeatWhen(ended -> ended.delayElements(Duration.ofMillis(10)))
                .filter(is -> is)
                .blockFirst(PATIENCE);
        assertThat(met).isTrue();
    }

    private static CircuitChange opened(Instant at) {
        return new CircuitChange("here", "openai/model", at, CircuitState.OPEN);
    }

    private List<Instant> changes() {
        return all(store.circuitChanges(Instant.EPOCH, Instant.parse("2100-01-01T00:00:00Z"))).stream()
                .map(CircuitChange::at)
                .toList();
    }

    @Test
    void theCollectorForgetsWhatIsTooOld() {
        VirtualTimeScheduler time = VirtualTimeScheduler.create();
        done(store.write(IntStream.range(0, 10)
                .mapToObj(i -> Calls.at("id-" + i, Calls.NOON.plusSeconds(i)))
                .toList()));
        done(store.writeCircuits(List.of(opened(Calls.NOON.plusSeconds(3)), opened(Calls.NOON.plusSeconds(4)))));
        LlmOperationCollector collector = LlmOperationCollector.builder()
                .url(url)
                .keepFor(Duration.ofHours(1))
                .clock(Clock.fixed(Calls.NOON.plusSeconds(4).plus(Duration.ofHours(1)), ZoneOffset.UTC))
                .scheduler(time)
                .build();

        time.advanceTimeBy(Duration.ofSeconds(59));
        assertThat(ids(OperationFilter.ALL)).hasSize(10);
        time.advanceTimeBy(Duration.ofSeconds(1));
        await(store.circuitChanges(Instant.EPOCH, Calls.NOON.plusSeconds(9))
                .count()
                .map(count -> count == 1));

        assertThat(ids(OperationFilter.ALL)).hasSize(6).endsWith("id-4");
        assertThat(changes()).containsExactly(Calls.NOON.plusSeconds(4));
        done(collector.closeLater());
    }

    @Test
    void theCollectorKeepsTheNewestMinuteByMinute() {
        VirtualTimeScheduler time = VirtualTimeScheduler.create();
        LlmOperationCollector collector = LlmOperationCollector.builder()
                .url(url)
                .keepNewest(3)
                .scheduler(time)
                .build();
        done(store.writeCircuits(List.of(opened(Calls.NOON.minusSeconds(1)))));
        done(store.write(List.of(Calls.at("first", Calls.NOON))));
        time.advanceTimeBy(Duration.ofMinutes(1));
        assertThat(changes()).hasSize(1);

        done(store.writeCircuits(List.of(opened(Calls.NOON.plusSeconds(8)))));
        done(store.write(IntStream.range(0, 10)
                .mapToObj(i -> Calls.at("id-" + i, Calls.NOON.plusSeconds(i)))
                .toList()));
        await(Mono.fromRunnable(() -> time.advanceTimeBy(Duration.ofMinutes(1)))
                .then(store.circuitChanges(Instant.EPOCH, Calls.NOON).hasElements())
                .map(stillThere -> !stillThere));

        assertThat(ids(OperationFilter.ALL)).containsExactly("id-9", "id-8", "id-7");
        assertThat(changes()).containsExactly(Calls.NOON.plusSeconds(8));
        done(collector.closeLater());
    }

    @Test
    void anExportReadsEachCallWithItsAttempts() {
        LlmOperation none = Calls.at("none", Calls.NOON.minusSeconds(1)).attempts(List.of());
        LlmOperation recovered = Calls.call("a", "openai", 2);
        LlmOperation failed = Calls.failed("b", "gemini", 3, "overloaded");
        done(store.write(List.of(none, recovered, failed)));

        assertThat(all(store.operationsWithAttempts(OperationFilter.ALL))).containsExactly(recovered, failed, none);
        assertThat(all(store.operationsWithAttempts(
                        OperationFilter.ALL.retried().limit(1L))))
                .containsExactly(recovered);
        StepVerifier.create(store.count(OperationFilter.ALL.retried()))
                .expectNext(2L)
                .expectComplete()
                .verify(PATIENCE);
    }

    @Test
    void anOlderDatabaseIsBroughtToThePresentAndANewerOneLeftAlone() {
        done(store.write(List.of(Calls.call("a", "openai", 1))));
        List<String> later = new ArrayList<>(Schema.VERSIONS);
        later.add("""
                -- A column; and something that needs it.
                ALTER TABLE aicore_operation ADD COLUMN IF NOT EXISTS region VARCHAR(20);
                UPDATE aicore_operation SET region = 'eu';
                """);

        done(database.inTransaction(connection -> new Schema(database.dialect(), later).migrate(connection)));
        // A second time there is nothing to do.
        done(database.inTransaction(connection -> new Schema(database.dialect(), later).migrate(connection)));

        assertThat(all(database.onConnection(connection -> Flux.from(connection
                                .createStatement("SELECT region FROM aicore_operation")
                                .execute())
                        .concatMap(result -> result.map((row, metadata) -> row.get(0, String.class))))))
                .containsExactly("eu");
        assertThat(ids(OperationFilter.ALL)).containsExactly("a");
        StepVerifier.create(database.inTransaction(connection -> new Schema(database.dialect()).migrate(connection)))
                .expectErrorMessage("the database has version " + later.size() + " of the schema, this library knows "
                        + Schema.VERSIONS.size() + ": it was written to by a newer one")
                .verify(PATIENCE);
    }

    @Test
    void callsOfTheFirstVersionAreReadAndCountedAsBefore() {
        String url = emptyDatabase();
        String call = "INSERT INTO aicore_operation (id, started_at, started_us, operation, provider, model, outcome,"
                + " retries, waited_us, latency_us, attempt_after_us, attempt_us, attempt_request_id, extras) VALUES"
                + " ('old', TIMESTAMP WITH TIME ZONE '2026-11-23 12:00:00+00', 1795435200000000, 'complete', 'openai',"
                + " 'm', 'success', 2, 0, 5, 0, 5, 'req-old', '{}')";
        done(Mono.usingWhen(
                ConnectionFactories.get(url).create(),
                connection -> new Schema(database.dialect(), Schema.VERSIONS.subList(0, 1))
                        .migrate(connection)
                        .then(Insert.executed(connection.createStatement(call))),
                Connection::close));

        Database now = Database.at(url);
        OperationStore migrated = new OperationStore(now);
        done(migrated.write(List.of(Calls.call("new", "openai", 1))));

        assertThat(all(migrated.operations(OperationFilter.ALL)))
                .extracting(LlmOperation::ids, LlmOperation::retries)
                .containsExactlyInAnyOrder(
                        tuple(new LlmOperation.Ids("old", null, TraceIds.NONE), 2),
                        tuple(new LlmOperation.Ids("new", null, TraceIds.NONE), 1));
        assertThat(all(migrated.statistics(OperationFilter.ALL, List.of())))
                .singleElement()
                .satisfies(group -> assertThat(group.maxRetries()).isEqualTo(2));
        assertThat(all(migrated.named("req-old"))).extracting(LlmOperation::id).containsExactly("old");
        done(now.close());
    }

    @Test
    void eachNameOfACallFindsIt() {
        LlmOperation once = named(Calls.call("once", "openai", 0), "call-1");
        LlmOperation retried = named(Calls.call("retried", "openai", 2), "call-2");
        done(store.write(List.of(once, retried, Calls.failed("other", "openai", 0, "overloaded"))));

        assertThat(all(store.named("trace-1"))).extracting(LlmOperation::id).containsExactly("once", "retried");
        assertThat(all(store.named("req-3"))).extracting(LlmOperation::id).containsExactly("retried");
        assertThat(all(store.named("nobody"))).isEmpty();
        for (String id : List.of("once", "call-1", "trace-1")) {
            assertThat(all(store.operation(id).flux())).containsExactly(once);
        }
        for (String id : List.of("call-2", "req-2", "req-3")) {
            assertThat(all(store.operation(id).flux())).containsExactly(retried);
        }
    }

    private static LlmOperation named(LlmOperation call, String callId) {
        LlmOperation.Ids ids = new LlmOperation.Ids(call.id(), callId, new TraceIds("trace-1", "span-1"));
        return new LlmOperation(ids, call.request(), call.timing(), call.result(), call.execution(), call.content());
    }

    @Test
    void severalWhoOpenItAtOnceMakeItOnce() {
        String url = emptyDatabase();
        List<Database> opened =
                IntStream.range(0, 4).mapToObj(i -> Database.at(url)).toList();
        done(Flux.fromIterable(opened)
                .flatMap(each -> new OperationStore(each).write(List.of(Calls.call("same", "openai", 1))))
                .then());
        assertThat(all(new OperationStore(opened.get(0)).operations(OperationFilter.ALL)))
                .hasSize(1);
        done(Flux.fromIterable(opened).flatMap(Database::close).then());
    }
}
