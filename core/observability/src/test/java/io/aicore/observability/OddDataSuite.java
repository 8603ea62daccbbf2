package io.aicore.observability;

import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.llm.chat.Usage;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Values that no sound provider sends are recorded as far as a column holds them, and harm no other record. */
abstract class OddDataSuite extends StoreSuite {

    private static final Usage HUGE = new Usage(Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, 0, Long.MAX_VALUE);
    private static final Duration FOREVER = Duration.ofSeconds(Long.MAX_VALUE);

    @Test
    void hugeTokenCountsAreSummed() {
        done(store.write(List.of(billed("a", HUGE, null), billed("b", HUGE, null), Calls.call("c", "openai", 0))));

        RetryStatistics all =
                all(store.statistics(OperationFilter.ALL, List.of())).get(0);
        assertThat(all.operations()).isEqualTo(3);
        assertThat(all.tokens()).isEqualTo(Long.MAX_VALUE);
        assertThat(ids(OperationFilter.ALL.tokens(Long.MAX_VALUE, null))).containsExactly("a", "b");
        assertThat(ids(OperationFilter.ALL.tokens(null, Long.MAX_VALUE - 1))).containsExactly("c");
        assertThat(all(store.operations(OperationFilter.ALL)))
                .extracting(call -> call.usage() == null ? null : call.usage().totalTokens())
                .containsExactly(Long.MAX_VALUE, Long.MAX_VALUE, 120L);
        OperationFilter hour =
                OperationFilter.ALL.from(Calls.NOON.minusSeconds(60)).to(Calls.NOON.plusSeconds(60));
        assertThat(all(store.timeline(hour, Duration.ofHours(1)))).hasSize(1);
    }

    @Test
    void aCostThatNoColumnHoldsIsUnknown() {
        done(store.write(List.of(
                billed("a", Usage.of(1, 1), new BigDecimal("1e12")),
                billed("b", Usage.of(1, 1), new BigDecimal("999999999999.123456789012345")))));

        assertThat(all(store.operations(OperationFilter.ALL)))
                .extracting(LlmOperation::costUsd)
                .containsExactly(null, new BigDecimal("999999999999.123456789012"));
    }

    @Test
    void delaysOfCenturiesAreRecorded() {
        LlmAttempt refused = failed(1, "rate_limited", "first-byte", FOREVER);
        done(store.write(List.of(attempted("a", refused, failed(2, "rate_limited", "first-byte", null)))));

        LlmOperation read = all(store.operation("a").flux()).get(0);
        assertThat(read.attempts()).hasSize(2);
        assertThat(read.attempts().get(0).retryAfter()).isGreaterThan(Duration.ofDays(100 * 365));
    }

    @Test
    void wordsOfCustomClassifiersAreRecorded() {
        String lengthy = "of our own, with: 12,34 \0" + "x".repeat(600);
        done(store.write(List.of(
                attempted("a", failed(1, "tea, with:milk", "brewing", null), failed(2, lengthy, lengthy, null)),
                attempted("b", failed(1, lengthy, lengthy, null), failed(2, "", "", null)))));

        assertThat(ids(OperationFilter.ALL)).containsExactly("a", "b");
        OperationFilter hour =
                OperationFilter.ALL.from(Calls.NOON.minusSeconds(60)).to(Calls.NOON.plusSeconds(60));
        Map<String, Long> causes =
                all(store.retriesByCause(hour, Duration.ofHours(1))).get(0).retries();
        assertThat(causes).hasSize(2).containsEntry("tea, with:milk", 1L);
        assertThat(causes.values()).containsExactly(1L, 1L);
    }

    @Test
    void boundsBeyondAllCallsLeaveNothingOut() {
        done(store.write(List.of(Calls.call("a", "openai", 0))));
        done(store.writeCircuits(List.of(opened(Calls.NOON))));

        assertThat(ids(OperationFilter.ALL.from(Instant.MIN).to(Instant.MAX))).containsExactly("a");
        assertThat(ids(OperationFilter.ALL.latency(Duration.ZERO, FOREVER))).containsExactly("a");
        assertThat(ids(OperationFilter.ALL.tokens(0L, Long.MAX_VALUE).limit(Long.MAX_VALUE)))
                .containsExactly("a");
        assertThat(all(store.circuitChanges(Instant.MIN, Instant.MAX))).hasSize(1);
    }

    @Test
    void aClockOutOfAllBoundsIsRecorded() {
        done(store.write(List.of(
                Calls.at("a", Instant.MAX.minusSeconds(9)), Calls.at("b", Instant.MIN), Calls.at("c", Calls.NOON))));

        assertThat(ids(OperationFilter.ALL)).containsExactly("a", "c", "b");
    }

    private static LlmOperation billed(String id, Usage usage, @Nullable BigDecimal cost) {
        return result(
                Calls.call(id, "openai", 0),
                result -> new LlmOperation.Result(result.outcome(), result.failure(), result.servedBy(), usage, cost));
    }

    private static LlmOperation result(LlmOperation call, UnaryOperator<LlmOperation.Result> change) {
        return new LlmOperation(
                call.ids(),
                call.request(),
                call.timing(),
                change.apply(call.result()),
                call.execution(),
                call.content());
    }

    private static LlmOperation attempted(String id, LlmAttempt... attempts) {
        return Calls.call(id, "openai", attempts.length - 1).attempts(List.of(attempts));
    }

    private static LlmAttempt failed(int number, String category, String phase, @Nullable Duration retryAfter) {
        return new LlmAttempt(
                number,
                Calls.NOON,
                Duration.ofMillis(50),
                LlmAttempt.Response.NONE,
                new LlmAttempt.Failure(phase, category, retryAfter),
                new LlmAttempt.Decision(retryAfter, ""));
    }
}
