package io.aicore.llm;

import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.limit.CircuitState;
import io.aicore.llm.chat.ChunkInfo;
import io.aicore.llm.chat.CompletionChunk;
import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.chat.CompletionRequestBuilder;
import io.aicore.llm.chat.ReasoningEffort;
import io.aicore.llm.chat.RequestOptions;
import io.aicore.llm.error.CircuitOpenException;
import io.aicore.llm.error.DeadlineExceededException;
import io.aicore.llm.error.ErrorCategory;
import io.aicore.llm.error.LlmException;
import io.aicore.llm.error.LlmTimeoutException;
import io.aicore.llm.error.Phase;
import io.aicore.llm.http.Timeouts;
import io.aicore.llm.model.ModelCatalog;
import io.aicore.llm.model.ModelFacts;
import io.aicore.retry.RetrySettings;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

/** How long a stream is waited for: until it shows life, in its silences, and until it has content. */
class StreamLifeTest {

    private static final CompletionRequest PLAIN = CompletionRequest.of("hello");
    private static final CompletionRequest THINKING =
            PLAIN.toBuilder().reasoningEffort(ReasoningEffort.HIGH).build();
    private static final CompletionChunk PING = CompletionChunk.of(ChunkInfo.of("id", null));
    private static final CompletionChunk WORD = CompletionChunk.text("a");
    private static final Duration INSTANT = Duration.ofMillis(1);
    private static final Duration SECOND = Duration.ofSeconds(1);

    private ScriptedProvider provider = provider(config -> config);

    private static ScriptedProvider provider(UnaryOperator<LlmConfigBuilder> settings) {
        return ScriptedProvider.create(settings);
    }

    private static ScriptedProvider once(UnaryOperator<Timeouts> timeouts) {
        return provider(config -> config.retrySettings(retry -> retry.maxRetries(0))
                .admissionSettings(admission -> admission.circuitWait(Duration.ZERO))
                .timeouts(timeouts));
    }

    private Flux<CompletionChunk> pings() {
        return Flux.interval(SECOND, provider.time).map(tick -> PING);
    }

    private static Flux<CompletionChunk> thenSilence(CompletionChunk... chunks) {
        return Flux.concat(Flux.just(chunks), Flux.never());
    }

    private static CompletionRequest request(boolean thinks) {
        return thinks ? THINKING : PLAIN;
    }

    private static CompletionRequest with(CompletionRequest request, UnaryOperator<RequestOptions> overrides) {
        CompletionRequestBuilder builder = request.toBuilder();
        return builder.overrides(overrides).build();
    }

    /** The failure of the stream, which must come after this time and no earlier. */
    private LlmException failsAfter(Duration limit, CompletionRequest request) {
        AtomicReference<LlmException> failure = new AtomicReference<>();
        provider.stream(request).subscribe(chunk -> {}, error -> failure.set((LlmException) error));
        provider.time.advanceTimeBy(limit.minus(INSTANT));
        assertThat(failure).hasValue(null);
        provider.time.advanceTimeBy(INSTANT);
        LlmException failed = failure.get();
        assertThat(failed).isNotNull();
        assertThat(failed.category()).isEqualTo(ErrorCategory.TIMEOUT);
        return failed;
    }

    @ParameterizedTest
    @CsvSource({"false, 60", "true, 300"})
    void aSilentStreamFailsAtTheFirstTokenTimeout(boolean thinks, int seconds) {
        provider = once(timeouts -> timeouts).then(Flux.never());
        LlmException failure = failsAfter(Duration.ofSeconds(seconds), request(thinks));
        assertThat(failure).hasMessageContaining("firstTokenTimeout");
        assertThat(failure.details().phase()).isEqualTo(Phase.FIRST_BYTE);
        assertThat(failure.retryable()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"false, 60", "true, 300"})
    void silenceBeforeTheContentFailsAtTheIdleTimeout(boolean thinks, int seconds) {
        provider = once(timeouts -> timeouts.firstContent(Duration.ofHours(1))).then(thenSilence(PING));
        LlmException failure = failsAfter(Duration.ofSeconds(seconds), request(thinks));
        assertThat(failure).hasMessageContaining("idleTimeout");
        assertThat(failure.details().phase()).isEqualTo(Phase.BODY);
        assertThat(failure.retryable()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"false", "true"})
    void silenceAfterTheContentFailsAfterAMinuteWhetherTheModelThoughtOrNot(boolean thinks) {
        provider = once(timeouts -> timeouts).then(thenSilence(PING, WORD));
        LlmException failure = failsAfter(Duration.ofSeconds(60), request(thinks));
        assertThat(failure).hasMessageContaining("idleTimeout");
        assertThat(failure.partialText()).isEqualTo("a");
    }

    @ParameterizedTest
    @CsvSource({"false", "true"})
    void whatIsSetHoldsForEveryModel(boolean thinks) {
        UnaryOperator<Timeouts> set = timeouts -> timeouts.firstToken(Duration.ofSeconds(5))
                .idle(Duration.ofSeconds(7))
                .firstContent(Duration.ofSeconds(20));
        provider = once(set).then(Flux.never());
        failsAfter(Duration.ofSeconds(5), request(thinks));
        provider = once(set).then(thenSilence(PING));
        failsAfter(Duration.ofSeconds(7), request(thinks));
        provider = once(set);
        provider.then(pings());
        assertThat(failsAfter(Duration.ofSeconds(20), request(thinks))).hasMessageContaining("firstContentTimeout");
    }

    @ParameterizedTest
    @CsvSource({"false", "true"})
    void whatACallSetsHoldsForItAlone(boolean thinks) {
        provider = once(timeouts -> timeouts).then(Flux.never());
        failsAfter(Duration.ofSeconds(5), with(request(thinks), o -> o.firstTokenTimeout(Duration.ofSeconds(5))));
        provider.then(thenSilence(PING));
        failsAfter(Duration.ofSeconds(7), with(request(thinks), o -> o.idleTimeout(Duration.ofSeconds(7))));
        provider.then(pings());
        failsAfter(Duration.ofSeconds(20), with(request(thinks), o -> o.firstContentTimeout(Duration.ofSeconds(20))));
        provider.then(Flux.never());
        failsAfter(Duration.ofSeconds(thinks ? 300 : 60), request(thinks));
    }

    @Test
    void aStreamThatShowsLifeIsWaitedForLongerThanForItsFirstToken() {
        Flux<CompletionChunk> late = Flux.concat(pings().take(250), Flux.just(WORD));
        provider.then(late);
        StepVerifier.withVirtualTime(() -> provider.stream(PLAIN), () -> provider.time, Long.MAX_VALUE)
                .thenAwait(Duration.ofSeconds(250))
                .expectNextMatches(chunk -> chunk.text().equals("a"))
                .expectNextCount(1)
                .verifyComplete();
        assertThat(provider.attempts).hasSize(1);
    }

    @Test
    void lifeWithoutContentIsGivenUpOnceAndNotAskedForAgain() {
        provider.then(pings());
        LlmException failure = failsAfter(Duration.ofMinutes(5), PLAIN);
        assertThat(failure)
                .isInstanceOf(LlmTimeoutException.class)
                .hasMessageContaining("no content within 300 s (firstContentTimeout)");
        assertThat(failure.details().phase()).isEqualTo(Phase.BODY);
        assertThat(failure.retryable()).isFalse();
        assertThat(provider.attempts).hasSize(1);
        assertThat(provider.cancels).isEqualTo(1);
    }

    @Test
    void aProviderThatShowsLifeIsUpForTheCircuit() {
        provider = once(timeouts -> timeouts.firstContent(Duration.ofSeconds(3)));
        for (int i = 0; i < 20; i++) {
            provider.then(pings());
            provider.stream(PLAIN).subscribe(chunk -> {}, error -> {});
        }
        provider.time.advanceTimeBy(Duration.ofSeconds(3));
        assertThat(provider.circuit("model-1").metrics().calls()).isEqualTo(20);
        assertThat(provider.circuit("model-1").metrics().failureRate()).isZero();
    }

    @Test
    void aSilentOneIsNotThoughItsContentWasToComeSooner() {
        provider =
                once(timeouts -> timeouts.firstContent(Duration.ofSeconds(3))).then(Flux.never());
        LlmException failure = failsAfter(Duration.ofSeconds(3), PLAIN);
        assertThat(failure).hasMessageContaining("firstContentTimeout");
        assertThat(failure.details().phase()).isEqualTo(Phase.FIRST_BYTE);
        assertThat(provider.circuit("model-1").metrics().failureRate()).isEqualTo(1);
    }

    @Test
    void aThinkingModelHasUntilTheDeadline() {
        provider = provider(config -> config.retrySettings(retry -> retry.deadline(Duration.ofMinutes(25))));
        provider.then(pings());
        assertThat(failsAfter(Duration.ofMinutes(25), THINKING)).isInstanceOf(DeadlineExceededException.class);
        assertThat(provider.attempts).hasSize(1);
    }

    @Test
    void orTenMinutesWithoutOne() {
        provider.retrySettings(RetrySettings.defaults());
        provider.then(pings());
        assertThat(failsAfter(Duration.ofMinutes(10), THINKING)).hasMessageContaining("firstContentTimeout");
        assertThat(provider.attempts).hasSize(1);
    }

    @Test
    void theCatalogueKnowsThatAModelThinks() {
        ModelFacts thinker = new ModelFacts(
                "scripted",
                "model-1",
                Set.of(),
                new ModelFacts.Traits(null, null, true, true),
                List.of(),
                LocalDate.of(2026, 11, 1));
        provider = provider(config -> config.retrySettings(retry -> retry.maxRetries(0))
                .modelCatalog(ModelCatalog.empty().with(thinker))
                .requestChecks(false));
        provider.then(Flux.never());
        failsAfter(Duration.ofMinutes(5), PLAIN);
    }

    @Test
    void silentStreamsOfAModelThatThinksAreNotOverdue() {
        manyHanging(THINKING, Flux.never());
        provider.time.advanceTimeBy(Duration.ofSeconds(299));
        provider.answers("a");
        StepVerifier.create(provider.stream(THINKING)).expectNextCount(2).verifyComplete();
        assertThat(provider.circuit("model-1").state()).isEqualTo(CircuitState.CLOSED);
    }

    @Test
    void norAreStreamsThatShowLife() {
        manyHanging(PLAIN, thenSilence(PING));
        provider.time.advanceTimeBy(Duration.ofSeconds(59));
        assertThat(provider.circuit("model-1").metrics().overdue()).isZero();
    }

    @Test
    void silentOnesOfOtherModelsAre() {
        manyHanging(PLAIN, Flux.never());
        provider.time.advanceTimeBy(Duration.ofSeconds(30));
        StepVerifier.create(provider.stream(PLAIN)).verifyError(CircuitOpenException.class);
    }

    private void manyHanging(CompletionRequest request, Flux<CompletionChunk> attempt) {
        provider = once(timeouts -> timeouts);
        for (int i = 0; i < 20; i++) {
            provider.then(attempt);
            provider.stream(request).subscribe(chunk -> {}, error -> {});
        }
    }

    private void openCircuit() {
        provider = once(timeouts -> timeouts);
        for (int i = 0; i < 10; i++) {
            provider.fails(ScriptedProvider.overloaded());
            StepVerifier.create(provider.stream(PLAIN)).verifyError(LlmException.class);
        }
        provider.time.advanceTimeBy(Duration.ofSeconds(3));
    }

    @Test
    void aProbeThatThinksKeepsItsLeaseAsLongAsItMayBeSilent() {
        openCircuit();
        provider.then(Flux.never());
        provider.stream(THINKING).subscribe(chunk -> {}, error -> {});
        provider.time.advanceTimeBy(Duration.ofSeconds(200));
        assertThat(provider.circuit("model-1").untilPermitted()).isEqualTo(Duration.ofSeconds(100));
        StepVerifier.create(provider.stream(PLAIN)).verifyError(CircuitOpenException.class);
    }

    @Test
    void aProbeThatShowsLifeLetsTheNextCallProbeAndItsContentCloses() {
        openCircuit();
        provider.then(Flux.concat(Flux.just(PING), pings().take(100), Flux.just(WORD)));
        provider.stream(THINKING).subscribe();
        assertThat(provider.circuit("model-1").state()).isEqualTo(CircuitState.HALF_OPEN);
        provider.then(thenSilence(PING));
        provider.stream(THINKING).subscribe(chunk -> {}, error -> {});
        assertThat(provider.attempts).hasSize(12);
        provider.time.advanceTimeBy(Duration.ofSeconds(50));
        assertThat(provider.circuit("model-1").state()).isEqualTo(CircuitState.HALF_OPEN);
        provider.time.advanceTimeBy(Duration.ofSeconds(50));
        assertThat(provider.circuit("model-1").state()).isEqualTo(CircuitState.CLOSED);
    }
}
