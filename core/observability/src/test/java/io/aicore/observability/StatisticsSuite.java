package io.aicore.observability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.aicore.llm.chat.Usage;
import io.aicore.llm.observe.CallOutcome;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Statistics and timelines, computed by the database. */
abstract class StatisticsSuite extends StoreSuite {

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
    void statisticsSayWhoSpentWhat() {
        done(store.write(List.of(
                Calls.on(Calls.call("a", "openai", 0), "sales", "writer"),
                Calls.on(Calls.call("b", "openai", 2), "sales", null),
                Calls.on(Calls.call("c", "openai", 0), null, "writer"))));

        List<RetryStatistics> spent =
                all(store.statistics(OperationFilter.ALL, List.of(GroupBy.WORKSPACE, GroupBy.AGENT)));

        assertThat(spent)
                .extracting(RetryStatistics::group, RetryStatistics::tokens, RetryStatistics::maxRetries)
                .containsExactly(
                        tuple(Map.of(GroupBy.WORKSPACE, "none", GroupBy.AGENT, "writer"), 120L, 0),
                        tuple(Map.of(GroupBy.WORKSPACE, "sales", GroupBy.AGENT, "none"), 120L, 2),
                        tuple(Map.of(GroupBy.WORKSPACE, "sales", GroupBy.AGENT, "writer"), 120L, 0));
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
}
