package io.aicore.llm;

import static io.aicore.llm.ScriptedProvider.overloaded;
import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.llm.chat.ChunkInfo;
import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.CompletionChunk;
import io.aicore.llm.chat.FinishReason;
import io.aicore.llm.chat.Provenance;
import io.aicore.llm.chat.Usage;
import io.aicore.llm.error.DeadlineExceededException;
import io.aicore.llm.error.LlmException;
import io.aicore.llm.error.LlmTimeoutException;
import io.aicore.llm.error.MalformedResponseException;
import io.aicore.llm.error.OverloadedException;
import io.aicore.llm.error.Phase;
import io.aicore.llm.http.HttpSettings;
import io.aicore.llm.http.Timeouts;
import io.aicore.retry.GiveUpReason;
import io.aicore.retry.Jitter;
import io.aicore.retry.RetrySettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;

/** The road of a stream, on virtual time. */
class PipelineStreamTest {

    private static final RetrySettings EXACT = RetrySettings.defaults().jitter(Jitter.none());

    private static ScriptedProvider provider() {
        return ScriptedProvider.create(config -> config.retrySettings(EXACT));
    }

    private static StepVerifier.FirstStep<String> texts(ScriptedProvider provider) {
        return StepVerifier.withVirtualTime(
                () -> provider.stream("hello")
                        .filter(CompletionChunk::hasContent)
                        .map(CompletionChunk::text),
                () -> provider.time,
                Long.MAX_VALUE);
    }

    @Test
    void isRetriedBeforeTheFirstToken() {
        ScriptedProvider provider = provider()
                .then(Flux.concat(Flux.just(CompletionChunk.of(ChunkInfo.of("id", "model"))), Flux.error(overloaded())))
                .answers("a", "b");

        texts(provider)
                .expectSubscription()
                .expectNoEvent(Duration.ofSeconds(1))
                .expectNext("a", "b")
                .verifyComplete();
    }

    @Test
    void isNotRetriedOnceATokenWasDelivered() {
        ScriptedProvider provider = provider()
                .then(Flux.concat(
                        Flux.just(CompletionChunk.text("a"), CompletionChunk.text("b")),
                        Flux.just(CompletionChunk.of(ChunkInfo.of(Usage.of(5, 2)))),
                        Flux.error(overloaded())))
                .answers("never");

        texts(provider)
                .expectSubscription()
                .expectNext("a", "b")
                .consumeErrorWith(error -> {
                    LlmException failure = (LlmException) error;
                    assertThat(failure).isInstanceOf(OverloadedException.class);
                    assertThat(failure.partialText()).isEqualTo("ab");
                    assertThat(Objects.requireNonNull(failure.partial()).usage())
                            .isEqualTo(Usage.of(5, 2));
                    assertThat(failure.details().phase()).isEqualTo(Phase.STREAM);
                    assertThat(failure.reason()).isEqualTo(GiveUpReason.NOT_RETRYABLE);
                    assertThat(failure.attempts()).hasSize(1);
                })
                .verify();
        assertThat(provider.attempts).hasSize(1);
    }

    @Test
    void theLastChunkSaysHowTheStreamCame() {
        ScriptedProvider provider = provider().fails(overloaded()).answers("a", "b");

        StepVerifier.withVirtualTime(
                        () -> Completion.from(provider.stream("hello")), () -> provider.time, Long.MAX_VALUE)
                .expectSubscription()
                .thenAwait(Duration.ofSeconds(1))
                .assertNext(answer -> {
                    Provenance provenance = Objects.requireNonNull(answer.provenance());
                    assertThat(answer.text()).isEqualTo("ab");
                    assertThat(provenance.attempts()).isEqualTo(2);
                    assertThat(provenance.waited()).isEqualTo(Duration.ofSeconds(1));
                    assertThat(provenance.timeToFirstToken()).isEqualTo(Duration.ZERO);
                })
                .verifyComplete();
    }

    @Test
    void whatCameBeforeTheFirstTokenIsToldWithIt() {
        ScriptedProvider provider =
                provider().then(Flux.just(CompletionChunk.of(ChunkInfo.of("id-1", "m")), CompletionChunk.text("a")));

        StepVerifier.create(provider.stream("hello").take(1))
                .assertNext(chunk -> {
                    assertThat(chunk.text()).isEqualTo("a");
                    assertThat(Objects.requireNonNull(chunk.info()).id()).isEqualTo("id-1");
                })
                .verifyComplete();
    }

    @Test
    void providerFieldsThatCameBeforeTheFirstTokenAreToldWithIt() {
        CompletionChunk early = CompletionChunk.of(ChunkInfo.of("id-1", "m")).extra(Map.of("signature", "s"));
        ScriptedProvider provider = provider()
                .then(Flux.just(early, CompletionChunk.text("a").extra(Map.of("other", "o"))))
                .then(Flux.just(
                        early,
                        CompletionChunk.of(ChunkInfo.of(FinishReason.PAUSE, "pause"))
                                .extra(Map.of("token", "t"))));

        StepVerifier.create(Completion.from(provider.stream("hello")).map(Completion::extra))
                .expectNext(Map.of("signature", "s", "other", "o"))
                .verifyComplete();
        StepVerifier.create(Completion.from(provider.stream("hello")).map(Completion::extra))
                .expectNext(Map.of("signature", "s", "token", "t"))
                .verifyComplete();
    }

    @Test
    void silenceWithinAStreamIsATimeoutWithThePartialText() {
        ScriptedProvider provider = ScriptedProvider.create(config ->
                        config.retrySettings(EXACT).timeouts(Timeouts.defaults().idle(Duration.ofSeconds(3))))
                .then(Flux.concat(Flux.just(CompletionChunk.text("a")), Flux.never()));

        texts(provider)
                .expectSubscription()
                .expectNext("a")
                .expectNoEvent(Duration.ofMillis(2999))
                .thenAwait(Duration.ofMillis(1))
                .consumeErrorWith(error -> {
                    assertThat(error).isInstanceOf(LlmTimeoutException.class);
                    assertThat(((LlmException) error).partialText()).isEqualTo("a");
                })
                .verify();
    }

    @Test
    void theDeadlineBoundsTheStreamAndKeepsItsText() {
        ScriptedProvider provider = ScriptedProvider.create(
                        config -> config.retrySettings(EXACT.deadline(Duration.ofSeconds(2))))
                .fails(overloaded())
                .then(Flux.concat(Flux.just(CompletionChunk.text("a")), Flux.never()));

        texts(provider)
                .expectSubscription()
                .expectNoEvent(Duration.ofSeconds(1))
                .expectNext("a")
                .thenAwait(Duration.ofSeconds(1))
                .consumeErrorWith(error -> {
                    assertThat(error).isInstanceOf(DeadlineExceededException.class);
                    assertThat(((LlmException) error).partialText()).isEqualTo("a");
                    assertThat(((LlmException) error).reason()).isEqualTo(GiveUpReason.DEADLINE);
                })
                .verify();
        assertThat(provider.cancels).isEqualTo(1);
    }

    @Test
    void aStreamThatSaysNothingIsAskedForOnceMore() {
        Flux<CompletionChunk> nothing = Flux.just(CompletionChunk.of(ChunkInfo.of(FinishReason.STOP, "stop")));
        ScriptedProvider provider = provider().then(nothing).then(nothing);

        texts(provider)
                .expectSubscription()
                .thenAwait(Duration.ofSeconds(10))
                .verifyError(MalformedResponseException.class);
        assertThat(provider.attempts).hasSize(2);
    }

    @Test
    void aStreamOfFieldsAloneIsAnAnswer() {
        ScriptedProvider provider = provider()
                .then(Flux.just(
                        CompletionChunk.of(ChunkInfo.of(FinishReason.STOP, "completed"))
                                .extra(Map.of("output", List.of("an item"))),
                        CompletionChunk.of(ChunkInfo.of(Usage.of(1, 2)))));

        StepVerifier.create(Completion.from(provider.stream("hello")))
                .assertNext(answer -> {
                    assertThat(answer.extra()).isEqualTo(Map.of("output", List.of("an item")));
                    assertThat(answer.finishReason()).isEqualTo(FinishReason.STOP);
                    assertThat(answer.usage()).isEqualTo(Usage.of(1, 2));
                })
                .verifyComplete();
        assertThat(provider.attempts).hasSize(1);
    }

    @Test
    void aFilteredStreamWithoutTextIsAnAnswer() {
        ScriptedProvider provider = provider()
                .then(Flux.just(CompletionChunk.of(ChunkInfo.of(FinishReason.CONTENT_FILTER, "content_filter"))));

        StepVerifier.create(Completion.from(provider.stream("hello")))
                .assertNext(answer -> assertThat(answer.finishReason()).isEqualTo(FinishReason.CONTENT_FILTER))
                .verifyComplete();
    }

    @Test
    void demandReachesTheProvider() {
        TestPublisher<CompletionChunk> source = TestPublisher.create();
        ScriptedProvider provider = provider().then(source.flux());

        StepVerifier.create(provider.stream("hello"), 1)
                .then(() -> source.next(CompletionChunk.text("a")))
                .expectNextCount(1)
                .then(() -> source.assertMaxRequested(1))
                .thenCancel()
                .verify();
        source.assertCancelled();
    }

    @Test
    void cancelMidStreamCancelsTheExchange() {
        ScriptedProvider provider = provider().then(Flux.concat(Flux.just(CompletionChunk.text("a")), Flux.never()));

        provider.stream("hello").subscribe().dispose();

        assertThat(provider.cancels).isEqualTo(1);
    }

    @Test
    void anAnswerWithoutEndIsCutAtTheSizeLimit() {
        ScriptedProvider provider = ScriptedProvider.create(
                        config -> config.httpSettings(HttpSettings.defaults().maxResponseBytes(10)))
                .answers("12345", "67890", "1");

        texts(provider)
                .expectSubscription()
                .expectNext("12345", "67890")
                .consumeErrorWith(error -> {
                    assertThat(error)
                            .isInstanceOf(MalformedResponseException.class)
                            .hasMessageContaining("10 characters");
                    assertThat(((LlmException) error).partialText()).isEqualTo("1234567890");
                })
                .verify();
    }
}
