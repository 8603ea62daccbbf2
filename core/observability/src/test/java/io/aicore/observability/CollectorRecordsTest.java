package io.aicore.observability;

import static io.aicore.observability.Provider.failure;
import static io.aicore.observability.StoreSuite.PATIENCE;
import static io.aicore.observability.StoreSuite.all;
import static io.aicore.observability.StoreSuite.done;
import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.limit.CircuitState;
import io.aicore.llm.LlmProvider;
import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.error.ErrorCategory;
import io.aicore.llm.observe.CallOutcome;
import io.aicore.retry.RetryOnFailure;
import io.aicore.retry.RetrySettings;
import io.aicore.testserver.FaultServer;
import io.aicore.testserver.Scripts;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** What the collector records of a call. */
class CollectorRecordsTest extends CollectedCalls {

    @Test
    void aCallThatRecoveredTellsEachAttempt() {
        Provider provider = Provider.observed(collector)
                .fails(
                        failure(ErrorCategory.RATE_LIMITED, 429, true, Duration.ofSeconds(3)),
                        failure(ErrorCategory.OVERLOADED, 503, true, null))
                .answers("hi");
        CompletionRequest request = CompletionRequest.builder()
                .user("hello")
                .metadata("session", "s-1")
                .metadata("ticket", "T-7")
                .build();

        answered(
                provider,
                provider.complete(request).contextWrite(new Identity("other", "w-1", null)::in),
                Duration.ofSeconds(10));

        LlmOperation call = only();
        assertThat(call.outcome()).isEqualTo(CallOutcome.SUCCESS);
        assertThat(call.operation()).isEqualTo("complete");
        assertThat(call.provider()).isEqualTo("scripted");
        assertThat(call.servedBy()).isEqualTo("scripted");
        assertThat(call.model()).isEqualTo("model-1");
        assertThat(call.host()).isEqualTo("api.scripted.example");
        assertThat(call.identity()).isEqualTo(new Identity("s-1", "w-1", null));
        assertThat(call.extras()).isEqualTo(Map.of("ticket", "T-7"));
        assertThat(call.circuit()).isEqualTo("closed");
        assertThat(call.retries()).isEqualTo(2);
        assertThat(call.id()).endsWith("-" + call.ids().callId());
        assertThat(call.ids().trace().traceId()).isNull();
        assertThat(all(collector.named("req-503"))).extracting(LlmOperation::id).containsExactly(call.id());
        assertThat(call.failure()).isEqualTo(FailureInfo.NONE);
        assertThat(call.content()).isEqualTo(StoredContent.NONE);
        assertThat(call.attempts()).extracting(LlmAttempt::number).containsExactly(1, 2, 3);
        LlmAttempt limited = call.attempts().get(0);
        assertThat(limited.status()).isEqualTo(429);
        assertThat(limited.category()).isEqualTo("rate_limited");
        assertThat(limited.phase()).isEqualTo("first_byte");
        assertThat(limited.requestId()).isEqualTo("req-429");
        assertThat(limited.retryAfter()).isEqualTo(Duration.ofSeconds(3));
        assertThat(Objects.requireNonNull(limited.delay())).isGreaterThanOrEqualTo(Duration.ofSeconds(3));
        assertThat(limited.why()).contains("scripted rate_limited", "server asked for 3 s");
        Duration second = Objects.requireNonNull(call.attempts().get(1).delay());
        assertThat(call.waited()).isBetween(limited.delay().plus(second).minusMillis(1), call.latency());
        LlmAttempt answered = call.attempts().get(2);
        assertThat(answered.category()).isNull();
        assertThat(answered.why()).isEmpty();
    }

    @Test
    void aCallThatWaitedForAdmissionTellsHowLongAndWhy() {
        Provider provider = Provider.observed(collector, config -> config.retrySettings(retry -> retry.maxRetries(0)))
                .fails(failure(ErrorCategory.RATE_LIMITED, 429, true, Duration.ofSeconds(3)))
                .answers("hi");
        failed(provider, provider.complete("told to wait"), Duration.ZERO);
        answered(provider, provider.complete("hello"), Duration.ofSeconds(10));

        LlmOperation call = recorded().get(1);
        assertThat(call.waited()).isBetween(Duration.ofSeconds(3), Duration.ofSeconds(4));
        assertThat(call.attempts())
                .singleElement()
                .satisfies(attempt -> assertThat(attempt.why())
                        .startsWith("the gate of the rate limit is closed: admitted after 3."));
    }

    @Test
    void aCallThatEndsInItsWaitForAdmissionTellsSo() {
        Provider provider = Provider.observed(collector, config -> config.retrySettings(retry -> retry.maxRetries(0)))
                .fails(failure(ErrorCategory.RATE_LIMITED, 429, true, Duration.ofSeconds(3)));
        failed(provider, provider.complete("told to wait"), Duration.ZERO);
        StepVerifier.create(provider.complete("hello"))
                .expectSubscription()
                .then(() -> provider.time.advanceTimeBy(Duration.ofSeconds(2)))
                .thenCancel()
                .verify();

        assertThat(recorded().get(1).attempts())
                .singleElement()
                .satisfies(attempt -> assertThat(attempt.why())
                        .isEqualTo("ended while it waited for admission: the gate of the rate limit is closed;"
                                + " cancelled by the caller"));
    }

    @Test
    void anAnswerTellsItsStatusAndRequest() {
        try (FaultServer server = FaultServer.start()) {
            server.always(Scripts.json(200, "hi", "x-request-id: req-1"));
            LlmProvider provider = SocketCodec.to(server, collector);
            StepVerifier.create(provider.complete("hello"))
                    .expectNextCount(1)
                    .expectComplete()
                    .verify(PATIENCE);
            provider.dispose();
        }

        LlmAttempt attempt = only().attempts().get(0);
        assertThat(attempt.status()).isEqualTo(200);
        assertThat(attempt.requestId()).isEqualTo("req-1");
        assertThat(attempt.category()).isNull();
    }

    @Test
    void aCallThatFailedTellsWhy() {
        Provider provider = Provider.observed(collector)
                .fails(failure(ErrorCategory.QUOTA_EXHAUSTED, 429, false, Duration.ofSeconds(1)));
        failed(provider, provider.complete("hello"), Duration.ZERO);

        LlmOperation call = only();
        assertThat(call.outcome()).isEqualTo(CallOutcome.ERROR);
        assertThat(call.failure().category()).isEqualTo("quota_exhausted");
        assertThat(call.failure().code()).isEqualTo("code-429");
        assertThat(call.failure().endedBy()).isEqualTo("not_retryable");
        assertThat(call.failure().why()).startsWith("scripted quota_exhausted");
        assertThat(call.retries()).isZero();
        assertThat(call.attempts()).hasSize(1);
        assertThat(call.attempts().get(0).delay()).isNull();
    }

    @Test
    void aDeadlineTellsOfTheAttemptItCutOff() {
        Provider provider = Provider.observed(collector, config -> config.deadline(Duration.ofSeconds(5)))
                .fails(failure(ErrorCategory.OVERLOADED, 503, true, null))
                .then(Mono.never());
        failed(provider, provider.complete("hello"), Duration.ofSeconds(5));

        LlmOperation call = only();
        assertThat(call.failure().endedBy()).isEqualTo("deadline");
        assertThat(call.latency()).isEqualTo(Duration.ofSeconds(5));
        assertThat(call.waited()).isEqualTo(Duration.ofSeconds(1));
        LlmAttempt cut = call.attempts().get(1);
        assertThat(cut.category()).isEqualTo("deadline");
        assertThat(cut.duration()).isEqualTo(Duration.ofSeconds(4));
    }

    @Test
    void aCallerWhoLeftIsNoFailureOfTheProvider() {
        Provider provider = Provider.observed(collector).then(Mono.never());
        StepVerifier.create(provider.complete("hello"))
                .expectSubscription()
                .then(() -> provider.time.advanceTimeBy(Duration.ofSeconds(2)))
                .thenCancel()
                .verify();

        LlmOperation call = only();
        assertThat(call.outcome()).isEqualTo(CallOutcome.CANCELLED);
        assertThat(call.failure()).isEqualTo(new FailureInfo(null, null, "cancelled", "cancelled by the caller"));
        assertThat(call.attempts()).singleElement().satisfies(attempt -> {
            assertThat(attempt.category()).isNull();
            assertThat(attempt.why()).isEqualTo("cancelled by the caller");
        });
    }

    @Test
    void circuitsAreFollowedAndARefusedCallHasOneAttemptThatWasNotSent() {
        Provider provider = Provider.observed(
                collector,
                config -> config.retrySettings(retry -> retry.maxRetries(0))
                        .admissionSettings(admission -> admission.circuitWait(Duration.ZERO))
                        .circuitSettings(circuit -> circuit.minimumCalls(2)));
        for (int i = 0; i < 2; i++) {
            provider.fails(failure(ErrorCategory.OVERLOADED, 503, true, null));
            failed(provider, provider.complete("hello"), Duration.ZERO);
        }
        failed(provider, provider.complete("hello"), Duration.ZERO);

        LlmOperation refused = recorded().stream()
                .filter(call -> "open".equals(call.circuit()))
                .findAny()
                .orElseThrow();
        assertThat(refused.failure().category()).isEqualTo("circuit_open");
        assertThat(refused.attempts()).singleElement().satisfies(attempt -> {
            assertThat(attempt.phase()).isEqualTo("admission");
            assertThat(attempt.category()).isEqualTo("circuit_open");
        });
        Instant now = Instant.now();
        List<CircuitChange> changes =
                all(collector.circuitChanges(now.minus(Duration.ofHours(1)), now.plus(Duration.ofHours(1))));
        assertThat(changes).extracting(CircuitChange::state).containsExactly(CircuitState.CLOSED, CircuitState.OPEN);
        assertThat(changes.get(0).scope()).contains("scripted", "model-1");
        assertThat(collector.circuits().values())
                .singleElement()
                .satisfies(circuit -> assertThat(circuit.state()).isEqualTo(CircuitState.OPEN));
    }

    @Test
    void noChangeOfACircuitIsLostWhereTheClockStandsStill() {
        done(collector.closeLater());
        collector = LlmOperationCollector.builder()
                .url(directory.resolve("still").toString())
                .clock(Clock.fixed(Calls.NOON, ZoneOffset.UTC))
                .build();
        Provider provider = Provider.observed(
                collector,
                config -> config.retrySettings(retry -> retry.maxRetries(0))
                        .circuitSettings(circuit -> circuit.minimumCalls(2)));
        for (int i = 0; i < 2; i++) {
            provider.fails(failure(ErrorCategory.OVERLOADED, 503, true, null));
            failed(provider, provider.complete("hello"), Duration.ZERO);
        }
        done(collector.flush());

        assertThat(all(collector.circuitChanges(Calls.NOON.minusSeconds(1), Calls.NOON.plusSeconds(1))))
                .extracting(CircuitChange::state)
                .containsExactly(CircuitState.CLOSED, CircuitState.OPEN);
    }

    @Test
    void callsInsideAnotherOnesAttemptHaveIdsOfTheirOwn() {
        Provider provider = Provider.observed(collector).answers("a").answers("b");
        RetryOnFailure outer = RetryOnFailure.of(RetrySettings.defaults());
        answered(provider, outer.protect(provider.complete("one").then(provider.complete("two"))), Duration.ZERO);

        assertThat(recorded())
                .extracting(LlmOperation::id)
                .doesNotHaveDuplicates()
                .hasSize(2);
    }

    @Test
    void meanAndMaximumOfRetriesByProvider() {
        Provider provider = Provider.observed(collector)
                .answers("at once")
                .fails(failure(ErrorCategory.OVERLOADED, 503, true, null))
                .answers("at the second try");
        answered(provider, provider.complete("a"), Duration.ZERO);
        answered(provider, provider.complete("b"), Duration.ofSeconds(1));
        done(collector.flush());

        StepVerifier.create(collector.retryStatistics())
                .assertNext(group -> {
                    assertThat(group.provider()).isEqualTo("scripted");
                    assertThat(group.meanRetries()).isEqualTo(0.5);
                    assertThat(group.maxRetries()).isEqualTo(1);
                })
                .expectComplete()
                .verify(PATIENCE);
    }

    @Test
    void aCallIsFoundByTheTraceAroundIt() {
        LlmOperationCollector traced = LlmOperationCollector.builder()
                .url(directory.resolve("traced").toString())
                .traces(context -> new TraceIds(context.get("trace"), "span-1"))
                .build();
        Provider provider = Provider.observed(traced).answers("a");
        answered(
                provider,
                provider.complete("a").contextWrite(context -> context.put("trace", "trace-1")),
                Duration.ZERO);
        done(traced.flush());

        assertThat(all(traced.named("trace-1")))
                .singleElement()
                .satisfies(call -> assertThat(call.ids().trace().spanId()).isEqualTo("span-1"));
        traced.close();
    }

    private static void failed(Provider provider, Mono<Completion> call, Duration after) {
        StepVerifier.create(call).then(() -> provider.time.advanceTimeBy(after)).verifyError();
    }
}
