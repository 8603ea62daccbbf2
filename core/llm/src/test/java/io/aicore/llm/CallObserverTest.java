package io.aicore.llm;

import static io.aicore.llm.ScriptedProvider.failure;
import static io.aicore.llm.ScriptedProvider.overloaded;
import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.llm.chat.ChunkInfo;
import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.CompletionChunk;
import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.chat.FinishReason;
import io.aicore.llm.chat.RequestOptions;
import io.aicore.llm.chat.Usage;
import io.aicore.llm.embedding.EmbeddingRequest;
import io.aicore.llm.error.ErrorCategory;
import io.aicore.llm.observe.CallEnd;
import io.aicore.llm.observe.CallKind;
import io.aicore.llm.observe.CallOutcome;
import io.aicore.llm.observe.CallStart;
import io.aicore.retry.Jitter;
import io.aicore.retry.RetrySettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.util.context.Context;

/** What those who observe calls are told. */
class CallObserverTest {

    private static final RetrySettings EXACT = RetrySettings.defaults().jitter(Jitter.none());
    private final Notebook notebook = new Notebook();

    private ScriptedProvider provider(UnaryOperator<LlmConfigBuilder> more) {
        return ScriptedProvider.create(
                config -> more.apply(config.retrySettings(EXACT).observer(notebook)));
    }

    private ScriptedProvider provider() {
        return provider(config -> config);
    }

    @Test
    void theBeginningTellsHowOftenTheCallMayBeRetried() {
        ScriptedProvider provider = provider().answers("hi").answers("hi");
        RequestOptions twice = RequestOptions.NONE.retrySettings(retry -> retry.maxRetries(2));

        StepVerifier.create(provider.complete("hello")).expectNextCount(1).verifyComplete();
        StepVerifier.create(provider.complete(CompletionRequest.builder()
                        .user("hello")
                        .overrides(twice)
                        .build()))
                .expectNextCount(1)
                .verifyComplete();

        RetrySettings provided = Objects.requireNonNull(notebook.starts.get(0).retrySettings());
        assertThat(provided.maxRetries()).isEqualTo(EXACT.maxRetries());
        assertThat(notebook.starts.get(1).retrySettings()).isEqualTo(provided.maxRetries(2));
    }

    @Test
    void aHostWithoutPortIsThatOfHttps() {
        ScriptedProvider open =
                provider(config -> config.baseUrl("http://plain.example/v1")).answers("hi");
        ScriptedProvider closed =
                provider(config -> config.baseUrl("https://api.example/v1")).answers("hi");

        StepVerifier.create(open.complete("hello")).expectNextCount(1).verifyComplete();
        StepVerifier.create(closed.complete("hello")).expectNextCount(1).verifyComplete();

        assertThat(notebook.starts).extracting(CallStart::host).containsExactly("plain.example:80", "api.example");
    }

    @Test
    void aCallThatRecoversIsToldFromBeginningToEnd() {
        ScriptedProvider provider = provider(config -> config.baseUrl("https://user:secret@api.example:8443/v1?key=k"))
                .fails(overloaded())
                .answers("hi");

        StepVerifier.withVirtualTime(
                        () -> provider.complete("hello").contextWrite(Context.of("caller", "me")),
                        () -> provider.time,
                        Long.MAX_VALUE)
                .thenAwait(Duration.ofSeconds(1))
                .expectNextCount(1)
                .verifyComplete();

        assertThat(notebook.told)
                .containsExactly(
                        "AttemptStarted 1",
                        "AttemptFailed 1",
                        "RetryScheduled 1",
                        "AttemptStarted 2",
                        "Succeeded 2",
                        "ended SUCCESS");
        assertThat(notebook.callers).containsExactly("me");
        CallStart start = notebook.starts.get(0);
        assertThat(start.provider()).isEqualTo("scripted");
        assertThat(start.host()).isEqualTo("api.example:8443");
        assertThat(start.request().kind()).isEqualTo(CallKind.COMPLETE);
        assertThat(start.request().model()).isEqualTo("model-1");
        assertThat(start.circuit()).isSameAs(provider.circuit("model-1"));
        CallEnd end = notebook.end();
        assertThat(end.latency()).isEqualTo(Duration.ofSeconds(1));
        assertThat(Objects.requireNonNull(end.answer()).text()).isEqualTo("hi");
        assertThat(Objects.requireNonNull(end.provenance()).attempts()).isEqualTo(2);
        assertThat(end.error()).isNull();
    }

    @Test
    void aStreamsEndTellsItsAnswerTokensAndFirstToken() {
        ChunkInfo usage = new ChunkInfo(null, null, FinishReason.STOP, "stop", Usage.of(3, 2), null);
        ScriptedProvider provider = provider();
        provider.then(Flux.just(CompletionChunk.text("a"), CompletionChunk.text("b"), CompletionChunk.of(usage))
                .delaySubscription(Duration.ofMillis(300), provider.time));

        StepVerifier.withVirtualTime(
                        () -> provider.stream(CompletionRequest.of("hello")), () -> provider.time, Long.MAX_VALUE)
                .thenAwait(Duration.ofMillis(300))
                .expectNextCount(4)
                .verifyComplete();

        CallEnd end = notebook.end();
        assertThat(notebook.starts.get(0).request().kind()).isEqualTo(CallKind.STREAM);
        assertThat(end.outcome()).isEqualTo(CallOutcome.SUCCESS);
        assertThat(end.timeToFirstToken()).isEqualTo(Duration.ofMillis(300));
        assertThat(Objects.requireNonNull(end.answer()).text()).isEqualTo("ab");
        assertThat(end.usage()).isEqualTo(Usage.of(3, 2));
        assertThat(Objects.requireNonNull(end.provenance()).provider()).isEqualTo("scripted");
    }

    @Test
    void aFailureIsToldWithTheErrorTheCallerGets() {
        ScriptedProvider provider = provider().fails(failure(ErrorCategory.QUOTA_EXHAUSTED, 429, false, null));

        StepVerifier.create(provider.complete("hello"))
                .consumeErrorWith(error -> assertThat(notebook.end().error()).isSameAs(error))
                .verify();

        assertThat(notebook.told).containsExactly("AttemptStarted 1", "AttemptFailed 1", "GaveUp 1", "ended ERROR");
        assertThat(notebook.end().toString()).doesNotContain("hello");
    }

    @Test
    void aDeadlineInFlightIsAnEndLikeAnyOther() {
        ScriptedProvider provider =
                provider(config -> config.deadline(Duration.ofSeconds(5))).then(Flux.never());

        StepVerifier.withVirtualTime(() -> provider.complete("hello"), () -> provider.time, Long.MAX_VALUE)
                .thenAwait(Duration.ofSeconds(5))
                .verifyError();

        assertThat(notebook.told).containsExactly("AttemptStarted 1", "GaveUp 1", "ended ERROR");
        assertThat(notebook.end().latency()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void aCancelIsToldOnceWithWhatWasKnown() {
        ScriptedProvider provider =
                provider().then(Flux.just(CompletionChunk.text("a")).concatWith(Flux.never()));

        StepVerifier.create(provider.stream(CompletionRequest.of("hello")))
                .expectNextCount(1)
                .thenCancel()
                .verify();

        assertThat(notebook.told).containsExactly("AttemptStarted 1", "Cancelled 1", "ended CANCELLED");
        assertThat(notebook.end().timeToFirstToken()).isZero();
        assertThat(notebook.end().answer()).isNull();
    }

    @Test
    void aCancelDuringAWaitIsToldOnce() {
        ScriptedProvider provider = provider().fails(overloaded());

        StepVerifier.withVirtualTime(() -> provider.complete("hello"), () -> provider.time, Long.MAX_VALUE)
                .expectSubscription()
                .expectNoEvent(Duration.ofMillis(500))
                .thenCancel()
                .verify();

        assertThat(notebook.told)
                .containsExactly(
                        "AttemptStarted 1", "AttemptFailed 1", "RetryScheduled 1", "Cancelled 1", "ended CANCELLED");
    }

    @Test
    void eachSubscriptionIsACallOfItsOwn() {
        ScriptedProvider provider = provider().answers("a").answers("b");
        Mono<Completion> call = provider.complete("hello");
        StepVerifier.create(call).expectNextCount(1).verifyComplete();
        StepVerifier.create(call).expectNextCount(1).verifyComplete();

        assertThat(notebook.starts).hasSize(2);
        assertThat(notebook.ends).hasSize(2);
    }

    @Test
    void whatAProviderDoesNotOfferIsAFailedCall() {
        ScriptedProvider provider = provider(config -> config.embeddingModel("vectors"));

        StepVerifier.create(provider.embed(EmbeddingRequest.of("text"))).verifyError();
        StepVerifier.create(provider.countTokens(CompletionRequest.of("text"))).verifyError();

        assertThat(notebook.starts)
                .extracting(start -> start.request().kind())
                .containsExactly(CallKind.EMBED, CallKind.COUNT_TOKENS);
        assertThat(notebook.starts.get(0).request().model()).isEqualTo("vectors");
        assertThat(notebook.ends).extracting(CallEnd::outcome).containsOnly(CallOutcome.ERROR);
    }

    @Test
    void anAttemptRunsInTheContextItsObserverMakes() {
        List<Object> seen = new ArrayList<>();
        ScriptedProvider provider = provider();
        for (Throwable error : List.of(overloaded(), overloaded())) {
            provider.then(Flux.deferContextual(context -> {
                seen.add(context.get("seen"));
                return Flux.error(error);
            }));
        }
        provider.answers("hi");

        StepVerifier.withVirtualTime(() -> provider.complete("hello"), () -> provider.time, Long.MAX_VALUE)
                .thenAwait(Duration.ofSeconds(3))
                .expectNextCount(1)
                .verifyComplete();
        assertThat(seen).containsExactly("AttemptStarted 1", "AttemptStarted 2");
    }
}
