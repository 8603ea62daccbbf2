package io.aicore.llm;

import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.limit.AdmissionSettings;
import io.aicore.limit.CircuitState;
import io.aicore.limit.Priority;
import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.CompletionChunk;
import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.error.CircuitOpenException;
import io.aicore.llm.error.ErrorCategory;
import io.aicore.llm.error.RateLimitedException;
import io.aicore.llm.error.RejectedException;
import io.aicore.retry.GiveUpReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;

/** One call's 429 is every call's knowledge, and what a caller sees of it. */
class AdmissionPipelineTest {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private final List<Completion> answers = new ArrayList<>();
    private final List<Throwable> errors = new ArrayList<>();

    private static ScriptedProvider provider(UnaryOperator<LlmConfigBuilder> settings) {
        return ScriptedProvider.create(settings);
    }

    private static ScriptedProvider limited(Duration retryAfter, UnaryOperator<LlmConfigBuilder> settings) {
        ScriptedProvider provider =
                provider(config -> settings.apply(config.retrySettings(retry -> retry.maxRetries(0))));
        provider.fails(ScriptedProvider.failure(ErrorCategory.RATE_LIMITED, 429, true, retryAfter));
        provider.complete("told to wait").subscribe(answer -> {}, error -> {});
        return provider;
    }

    private Disposable call(ScriptedProvider provider) {
        return provider.complete("hello").subscribe(answers::add, errors::add);
    }

    @Test
    void aCallThatBeginsWithTheAnswerOfAnotherHasItsPlace() {
        ScriptedProvider provider = provider(
                config -> config.httpSettings(http -> http.maxConnections(1).maxPending(0)));
        provider.answers("one").answers("two").answers("three");
        provider.complete("first")
                .flatMap(one -> provider.complete("second"))
                .flatMap(two -> provider.complete("third"))
                .subscribe(answers::add, errors::add);
        assertThat(errors).isEmpty();
        assertThat(answers).extracting(Completion::text).containsExactly("three");
    }

    @Test
    void noOtherCallGoesBeforeTheServersTime() {
        ScriptedProvider provider = limited(RETRY_AFTER, config -> config);
        for (int i = 0; i < 200; i++) {
            provider.answers("hi");
            call(provider);
        }
        provider.time.advanceTimeBy(RETRY_AFTER);
        assertThat(provider.attempts).hasSize(1);
        provider.time.advanceTimeBy(Duration.ofSeconds(3));
        assertThat(provider.attempts.size()).isBetween(10, 100);
        provider.time.advanceTimeBy(Duration.ofSeconds(60));
        assertThat(answers).hasSize(200);
        assertThat(errors).isEmpty();
    }

    @Test
    void streamsWaitToo() {
        ScriptedProvider provider = limited(RETRY_AFTER, config -> config);
        provider.answers("hi");
        List<CompletionChunk> chunks = new ArrayList<>();
        provider.stream("hello").subscribe(chunks::add);
        provider.time.advanceTimeBy(RETRY_AFTER);
        assertThat(provider.attempts).hasSize(1);
        provider.time.advanceTimeBy(Duration.ofSeconds(1));
        assertThat(chunks).isNotEmpty();
    }

    @Test
    void theWaitIsInTheAnswersProvenanceAndIsNoAttempt() {
        ScriptedProvider provider = limited(RETRY_AFTER, config -> config);
        provider.answers("hi");
        call(provider);
        provider.time.advanceTimeBy(Duration.ofSeconds(3));
        assertThat(answers).singleElement().satisfies(answer -> {
            assertThat(answer.provenance().attempts()).isEqualTo(1);
            assertThat(answer.provenance().waited()).isBetween(RETRY_AFTER, RETRY_AFTER.multipliedBy(2));
        });
    }

    @Test
    void newSettingsOfAdmissionApplyToNewCalls() {
        ScriptedProvider provider = limited(Duration.ofSeconds(10), config -> config);
        provider.admissionSettings(AdmissionSettings.interactive());
        call(provider);
        assertThat(errors).singleElement().isInstanceOf(RateLimitedException.class);
    }

    @Test
    void anInteractiveCallFailsAtOnceWithTheTimeToWait() {
        ScriptedProvider provider =
                limited(Duration.ofSeconds(10), config -> config.admissionSettings(AdmissionSettings.interactive()));
        call(provider);
        assertThat(errors).singleElement().isInstanceOfSatisfying(RateLimitedException.class, error -> {
            assertThat(error.retryAfter()).isBetween(Duration.ofSeconds(10), Duration.ofMillis(12_500));
            assertThat(error.reason()).isEqualTo(GiveUpReason.NOT_ADMITTED);
            assertThat(error).hasMessageContaining("not sent").hasMessageContaining("maxWait (2 s)");
        });
        assertThat(provider.attempts).hasSize(1);
    }

    @Test
    void aFullQueueIsRejectedWithItsBound() {
        ScriptedProvider provider =
                limited(RETRY_AFTER, config -> config.admissionSettings(settings -> settings.maxWaiting(3)));
        for (int i = 0; i < 4; i++) {
            call(provider);
        }
        assertThat(errors)
                .singleElement()
                .isInstanceOfSatisfying(
                        RejectedException.class,
                        error -> assertThat(error).hasMessageContaining("maxWaiting (3 waiting)"));
    }

    @Test
    void anotherModelIsNotHeld() {
        ScriptedProvider provider = limited(RETRY_AFTER, config -> config);
        provider.answers("hi");
        provider.complete(CompletionRequest.builder()
                        .model("model-2")
                        .user("hello")
                        .build())
                .subscribe(answers::add, errors::add);
        assertThat(answers).hasSize(1);
    }

    @Test
    void aSpentQuotaHoldsNobody() {
        ScriptedProvider provider = provider(config -> config);
        provider.fails(ScriptedProvider.failure(ErrorCategory.QUOTA_EXHAUSTED, 429, false, Duration.ofHours(5)));
        call(provider);
        provider.answers("hi");
        call(provider);
        assertThat(answers).hasSize(1);
    }

    @Test
    void switchedOffEveryCallGoes() {
        ScriptedProvider provider =
                limited(RETRY_AFTER, config -> config.admissionSettings(AdmissionSettings.disabled()));
        provider.answers("hi");
        call(provider);
        assertThat(answers).hasSize(1);
    }

    @Test
    void aCancelInTheWaitSendsNothingAndLeavesNothing() {
        ScriptedProvider provider =
                limited(RETRY_AFTER, config -> config.admissionSettings(settings -> settings.maxWaiting(10_000)));
        List<Disposable> calls = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            calls.add(call(provider));
        }
        assertThat(provider.admission().snapshot().waiting()).isEqualTo(10_000);
        calls.forEach(Disposable::dispose);
        assertThat(provider.admission().snapshot().waiting()).isZero();
        provider.time.advanceTimeBy(Duration.ofMinutes(1));
        assertThat(provider.attempts).hasSize(1);
        assertThat(provider.admission().snapshot().inFlight()).isZero();
    }

    @Test
    void thePriorityOfTheCallersContextDecides() {
        ScriptedProvider provider = limited(RETRY_AFTER, config -> config);
        List<String> order = new ArrayList<>();
        for (Priority priority : List.of(Priority.BATCH, Priority.AGENT, Priority.INTERACTIVE)) {
            provider.then(Flux.just(CompletionChunk.text("hi")));
            provider.complete("hello").contextWrite(priority::in).subscribe(answer -> order.add(priority.name()));
        }
        provider.time.advanceTimeBy(Duration.ofSeconds(20));
        assertThat(order).containsExactly("INTERACTIVE", "AGENT", "BATCH");
    }

    @Test
    void aCallWaitsForTheProbeOfAnOpenCircuit() {
        ScriptedProvider provider = openCircuit(config -> config);
        call(provider);
        assertThat(errors).isEmpty();
        provider.answers("back");
        provider.time.advanceTimeBy(Duration.ofMillis(3_010));
        assertThat(answers).hasSize(1);
        assertThat(provider.circuit("model-1").state()).isEqualTo(CircuitState.CLOSED);
    }

    @Test
    void aCallThatMayNotWaitForTheCircuitFailsAtOnce() {
        ScriptedProvider provider =
                openCircuit(config -> config.admissionSettings(settings -> settings.circuitWait(Duration.ZERO)));
        call(provider);
        assertThat(errors).singleElement().isInstanceOf(CircuitOpenException.class);
    }

    @Test
    void inAnOutageRetriesEndWithTheBudget() {
        ScriptedProvider provider = provider(config -> config.circuitSettings(circuit -> circuit.minimumCalls(1_000)));
        for (int i = 0; i < 100; i++) {
            provider.fails(ScriptedProvider.overloaded());
        }
        for (int i = 0; i < 20; i++) {
            call(provider);
        }
        provider.time.advanceTimeBy(Duration.ofMinutes(5));
        assertThat(errors).hasSize(20);
        assertThat(provider.attempts).hasSize(25);
        assertThat(errors)
                .extracting(error -> ((io.aicore.llm.error.LlmException) error).reason())
                .contains(GiveUpReason.BUDGET);
    }

    private ScriptedProvider openCircuit(UnaryOperator<LlmConfigBuilder> settings) {
        ScriptedProvider provider =
                provider(config -> settings.apply(config.retrySettings(retry -> retry.maxRetries(0))));
        for (int i = 0; i < 10; i++) {
            provider.fails(ScriptedProvider.overloaded());
            provider.complete("hello").subscribe(answer -> {}, error -> {});
        }
        assertThat(provider.circuit("model-1").state()).isEqualTo(CircuitState.OPEN);
        return provider;
    }
}
