package io.aicore.llm;

import static io.aicore.llm.ScriptedProvider.failure;
import static io.aicore.llm.ScriptedProvider.overloaded;
import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.limit.CircuitSettings;
import io.aicore.limit.CircuitState;
import io.aicore.llm.chat.CompletionChunk;
import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.error.CircuitOpenException;
import io.aicore.llm.error.ErrorCategory;
import io.aicore.llm.error.LlmException;
import io.aicore.llm.error.OverloadedException;
import io.aicore.retry.GiveUpReason;
import io.aicore.retry.Jitter;
import io.aicore.retry.RetrySettings;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

/** What the circuit does to calls of a provider. */
class PipelineCircuitTest {

    private static final CompletionRequest OTHER_MODEL =
            CompletionRequest.builder().model("model-2").user("hello").build();

    private static ScriptedProvider provider() {
        return ScriptedProvider.create(
                config -> config.retrySettings(RetrySettings.defaults().maxRetries(0))
                        .admissionSettings(admission -> admission.circuitWait(Duration.ZERO)));
    }

    private static ScriptedProvider openCircuit() {
        ScriptedProvider provider = provider();
        for (int i = 0; i < 10; i++) {
            provider.fails(overloaded());
            StepVerifier.create(provider.complete("hello")).verifyError(OverloadedException.class);
        }
        return provider;
    }

    /** Its first token was the success, its break is a failure of its own: one, however many layers it passes. */
    @Test
    void aStreamThatBreaksAfterItsFirstTokenIsOneFailure() {
        ScriptedProvider provider = provider();
        provider.then(Flux.concat(Flux.just(CompletionChunk.text("a")), Flux.error(overloaded())));
        StepVerifier.create(provider.stream("hello")).expectNextCount(1).verifyError(OverloadedException.class);
        assertThat(provider.circuit("model-1").metrics().calls()).isEqualTo(2);
        assertThat(provider.circuit("model-1").metrics().failureRate()).isEqualTo(0.5);
    }

    @Test
    void afterTenFailuresTheNextCallFailsWithoutARequest() {
        ScriptedProvider provider = openCircuit();

        StepVerifier.create(provider.complete("hello"))
                .consumeErrorWith(error -> {
                    CircuitOpenException refused = (CircuitOpenException) error;
                    assertThat(refused.category()).isEqualTo(ErrorCategory.CIRCUIT_OPEN);
                    assertThat(refused.reason()).isEqualTo(GiveUpReason.CIRCUIT_OPEN);
                    assertThat(refused.untilNextProbe()).isPositive();
                    assertThat(refused.model()).isEqualTo("model-1");
                    assertThat(refused).hasMessage("scripted model-1: circuit_open: not sent: the circuit is open");
                })
                .verify();
        assertThat(provider.attempts).hasSize(10);
    }

    @Test
    void theProbeAfterTheOpenTimeClosesTheCircuit() {
        ScriptedProvider provider = openCircuit();

        provider.time.advanceTimeBy(Duration.ofSeconds(3));
        provider.answers("back");
        StepVerifier.create(provider.complete("hello")).expectNextCount(1).verifyComplete();

        assertThat(provider.circuit("model-1").state()).isEqualTo(CircuitState.CLOSED);
    }

    @Test
    void anotherModelOfTheSameProviderIsNotAffected() {
        ScriptedProvider provider = openCircuit();

        provider.answers("hi");
        StepVerifier.create(provider.complete(OTHER_MODEL)).expectNextCount(1).verifyComplete();
    }

    @Test
    void newSettingsKeepWhatWasCountedAndHoldForNewModels() {
        ScriptedProvider provider = provider();
        for (int i = 0; i < 4; i++) {
            provider.circuit("model-1").tryAcquire().failure();
        }

        provider.circuitSettings(CircuitSettings.defaults().minimumCalls(5));
        provider.circuit("model-1").tryAcquire().failure();

        assertThat(provider.circuit("model-1").state()).isEqualTo(CircuitState.OPEN);
        assertThat(provider.circuit("model-3").settings().minimumCalls()).isEqualTo(5);
    }

    @Test
    void rateLimitsAndWrongRequestsNeverOpenIt() {
        ScriptedProvider provider = provider();
        for (int i = 0; i < 20; i++) {
            provider.fails(failure(ErrorCategory.RATE_LIMITED, 429, true, null));
            provider.fails(failure(ErrorCategory.INVALID_REQUEST, 400, false, null));
            provider.complete("hello").subscribe(answer -> {}, error -> {});
            provider.complete("hello").subscribe(answer -> {}, error -> {});
            // A rate limit slows the calls after it down.
            provider.time.advanceTimeBy(Duration.ofSeconds(11));
        }

        assertThat(provider.attempts).hasSize(40);
        assertThat(provider.circuit("model-1").state()).isEqualTo(CircuitState.CLOSED);
    }

    @Test
    void streamsThatBreakAfterTheirFirstTokenOpenItToo() {
        ScriptedProvider provider = provider();
        // Each is a success, at its first token, and a failure of its own: half of ten events.
        for (int i = 0; i < 5; i++) {
            provider.then(Flux.concat(Flux.just(CompletionChunk.text("a")), Flux.error(overloaded())));
            StepVerifier.create(provider.stream("hello")).expectNextCount(1).verifyError(OverloadedException.class);
        }

        StepVerifier.create(provider.stream("hello")).verifyError(CircuitOpenException.class);
    }

    @Test
    void aCircuitThatOpensDuringTheBackoffIsSeenOnWaking() {
        ScriptedProvider provider = ScriptedProvider.create(config -> config.retrySettings(
                                RetrySettings.defaults().jitter(Jitter.none()).deadline(Duration.ofSeconds(4)))
                        .circuitSettings(circuit -> circuit.openTime(Duration.ofSeconds(30))))
                .fails(overloaded());

        StepVerifier.create(provider.complete("hello"))
                .then(() -> {
                    for (int i = 0; i < 9; i++) {
                        provider.circuit("model-1").tryAcquire().failure();
                    }
                })
                .then(() -> provider.time.advanceTimeBy(Duration.ofSeconds(1)))
                .consumeErrorWith(error -> {
                    assertThat(error).isInstanceOf(OverloadedException.class);
                    assertThat(((LlmException) error).reason()).isEqualTo(GiveUpReason.CIRCUIT_OPEN);
                })
                .verify();
        assertThat(provider.attempts).hasSize(1);
    }

    @Test
    void slowPlainAnswersAreNotTakenForSilence() {
        ScriptedProvider provider = provider();
        for (int i = 0; i < 20; i++) {
            provider.then(Flux.never());
            provider.complete("hello").subscribe();
        }

        provider.time.advanceTimeBy(Duration.ofSeconds(60));
        provider.answers("hi");

        StepVerifier.create(provider.complete("hello")).expectNextCount(1).verifyComplete();
    }

    @Test
    void silentStreamsAreSeenBeforeTheyEnd() {
        ScriptedProvider provider = provider();
        for (int i = 0; i < 20; i++) {
            provider.then(Flux.never());
            provider.stream("hello").subscribe();
        }

        provider.time.advanceTimeBy(Duration.ofSeconds(10));

        StepVerifier.create(provider.stream("hello")).verifyError(CircuitOpenException.class);
        assertThat(provider.attempts).hasSize(20);
    }
}
