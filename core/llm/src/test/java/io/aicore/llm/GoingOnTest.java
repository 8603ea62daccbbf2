package io.aicore.llm;

import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.CompletionChunk;
import io.aicore.llm.error.LlmException;
import io.aicore.llm.error.LlmTimeoutException;
import io.aicore.llm.error.MalformedResponseException;
import io.aicore.llm.error.Phase;
import io.aicore.llm.error.ServerErrorException;
import io.aicore.retry.GiveUpReason;
import io.aicore.retry.RetryEvent;
import io.aicore.testserver.FaultServer;
import io.aicore.testserver.Scripts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** Answers that are fetched later, and streams that go on where they broke, over real sockets. */
class GoingOnTest {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final FaultServer server = FaultServer.start();
    private final List<RetryEvent> events = Collections.synchronizedList(new ArrayList<>());
    private final CompletableFuture<Void> waits = new CompletableFuture<>();
    private final LlmConfigBuilder config = LlmConfig.builder()
            .provider("numbered")
            .model("m")
            .httpSettings(http -> http.maxConnections(1))
            .listener(this::heard)
            .retrySettings(retry -> retry.maxRetries(2).initialDelay(Duration.ofMillis(1)));
    private Duration later = Duration.ofMillis(1);
    private LlmProvider provider = provider();

    private LlmProvider provider() {
        return WireProvider.create(config.build(), "numbered", server.url("/v1"), new NumberedCodec(later));
    }

    private void heard(RetryEvent event) {
        events.add(event);
        if (event instanceof RetryEvent.RetryScheduled) {
            waits.complete(null);
        }
    }

    @AfterEach
    void close() {
        provider.dispose();
        server.close();
    }

    private Mono<Completion> ask() {
        return provider.complete("hello").timeout(PATIENCE);
    }

    private Mono<Completion> streamed() {
        return Completion.from(provider.stream("hello")).timeout(PATIENCE);
    }

    private List<String> requests() {
        return IntStream.rangeClosed(1, server.calls())
                .mapToObj(server::call)
                .map(call -> call.method() + " " + call.path())
                .toList();
    }

    @Test
    void anAnnouncedAnswerIsFetchedWithinTheAttempt() {
        server.then(Scripts.json(200, "later")).then(Scripts.json(200, "later")).then(Scripts.json(202, "done"));

        StepVerifier.create(ask())
                .assertNext(answer -> {
                    assertThat(answer.text()).isEqualTo("done");
                    assertThat(answer.provenance().attempts()).isEqualTo(1);
                })
                .verifyComplete();
        assertThat(requests()).containsExactly("POST /v1/ask", "GET /v1/fetch", "GET /v1/fetch");
        assertThat(server.call(2).body()).isEmpty();
        assertThat(server.call(2).header("x-mine")).isEqualTo("yes");
        assertThat(server.call(2).headers()).doesNotContainKeys("content-length", "transfer-encoding");
    }

    @Test
    void aRetryFetchesTheSameAnswerInsteadOfAskingAnew() {
        server.then(Scripts.json(200, "later"))
                .then(Scripts.json(503, ""))
                // Twice: a kept connection that is dead is no attempt yet.
                .then(Scripts.reset())
                .then(Scripts.reset())
                .then(Scripts.json(200, "done"));

        StepVerifier.create(ask())
                .assertNext(answer -> {
                    assertThat(answer.text()).isEqualTo("done");
                    assertThat(answer.provenance().attempts()).isEqualTo(3);
                })
                .verifyComplete();
        assertThat(requests())
                .containsExactly("POST /v1/ask", "GET /v1/fetch", "GET /v1/fetch", "GET /v1/fetch", "GET /v1/fetch");
        assertThat(server.call(4).header("x-retry-count")).isEqualTo("1");
        assertThat(server.call(5).header("x-retry-count")).isEqualTo("2");
    }

    @Test
    void anAnswerThatFailedForGoodIsAskedForAnew() {
        server.then(Scripts.json(200, "later"))
                .then(Scripts.json(200, "BROKEN"))
                .then(Scripts.json(200, "done"));

        StepVerifier.create(ask().map(Completion::text)).expectNext("done").verifyComplete();
        assertThat(requests()).containsExactly("POST /v1/ask", "GET /v1/fetch", "POST /v1/ask");
    }

    @Test
    void eachSubscriptionFetchesItsOwnAnswer() {
        server.then(Scripts.json(200, "later"))
                .then(Scripts.json(200, "one"))
                .then(Scripts.json(200, "later"))
                .then(Scripts.json(200, "two"));
        Mono<String> call = ask().map(Completion::text);

        StepVerifier.create(call.concatWith(call)).expectNext("one", "two").verifyComplete();
        assertThat(requests()).containsExactly("POST /v1/ask", "GET /v1/fetch", "POST /v1/ask", "GET /v1/fetch");
    }

    @Test
    void fetchingEndsWithTheAttempt() {
        SharedTime time = new SharedTime();
        server.then(Scripts.json(200, "later"))
                .then(exchange -> {
                    time.advanceTimeBy(Duration.ofSeconds(2));
                    exchange.answer(200, "application/json", "later");
                })
                .then(exchange -> {
                    time.advanceTimeBy(Duration.ofSeconds(1));
                    exchange.awaitClientClose();
                });
        later = Duration.ofNanos(1);
        provider.dispose();
        config.scheduler(time)
                .timeouts(timeouts -> timeouts.attempt(Duration.ofSeconds(3)))
                .retrySettings(retry -> retry.maxRetries(0));
        provider = provider();

        CompletableFuture<Completion> call = ask().toFuture();
        while (server.calls() < 3 && !call.isDone()) {
            time.advanceTimeBy(later);
            Thread.onSpinWait();
        }

        assertThat(call)
                .failsWithin(PATIENCE)
                .withThrowableThat()
                .havingCause()
                .isInstanceOf(LlmTimeoutException.class)
                .withMessageContaining("not ready within 3 s (attemptTimeout)");
        assertThat(requests()).containsExactly("POST /v1/ask", "GET /v1/fetch", "GET /v1/fetch");
    }

    @Test
    void aStreamGoesOnWhereItBrokeWithoutLosingOrDoublingAChunk() {
        server.then(Scripts.eventsThenCut("0:", "1:a", "2:b"))
                .then(Scripts.eventsThenCut("3:c"))
                .then(Scripts.events("4:d", "END"));

        StepVerifier.create(provider.stream("hello").timeout(PATIENCE).map(CompletionChunk::text))
                .expectNext("a", "b", "c", "d", "")
                .verifyComplete();
        assertThat(requests()).containsExactly("POST /v1/ask", "GET /v1/rest?after=2", "GET /v1/rest?after=3");
        assertThat(server.call(3).header("x-retry-count")).isEqualTo("2");
        assertThat(events)
                .filteredOn(RetryEvent.RetryScheduled.class::isInstance)
                .hasSize(2);
    }

    @Test
    void theLastChunkTellsOfAllAttempts() {
        server.then(Scripts.eventsThenReset("0:")).then(Scripts.events("1:a", "2:b", "END"));

        StepVerifier.create(streamed())
                .assertNext(answer -> {
                    assertThat(answer.text()).isEqualTo("ab");
                    assertThat(answer.provenance().attempts()).isEqualTo(2);
                    assertThat(answer.provenance().timeToFirstToken()).isNotNull();
                })
                .verifyComplete();
    }

    @Test
    void aSlowCallerGetsEveryChunkBeforeTheStreamGoesOn() {
        server.then(Scripts.eventsThenCut("0:", "1:a", "2:b")).then(Scripts.events("3:c", "END"));

        StepVerifier.create(provider.stream("hello").map(CompletionChunk::text), 1)
                .expectNext("a")
                .thenRequest(1)
                .expectNext("b")
                .thenRequest(1)
                .expectNext("c")
                .thenRequest(1)
                .expectNext("")
                .expectComplete()
                .verify(PATIENCE);
    }

    @Test
    void goingOnIsARetryAndIsRetried() {
        server.then(Scripts.eventsThenCut("1:a")).then(Scripts.json(503, "")).then(Scripts.events("2:b", "END"));

        StepVerifier.create(streamed().map(Completion::text)).expectNext("ab").verifyComplete();
        assertThat(requests()).containsExactly("POST /v1/ask", "GET /v1/rest?after=1", "GET /v1/rest?after=1");
    }

    @Test
    void whenTheRetriesAreUsedUpTheFailureHasAllThatCame() {
        server.then(Scripts.eventsThenCut("1:a"))
                .then(Scripts.eventsThenCut("2:b"))
                .always(Scripts.json(503, ""));

        StepVerifier.create(streamed()).verifyErrorSatisfies(error -> {
            assertThat(error).isInstanceOf(ServerErrorException.class);
            LlmException failure = (LlmException) error;
            assertThat(failure.partialText()).isEqualTo("ab");
            assertThat(failure.details().phase()).isEqualTo(Phase.STREAM);
            assertThat(failure.reason()).isEqualTo(GiveUpReason.RETRIES_EXHAUSTED);
        });
        assertThat(server.calls()).isEqualTo(3);
    }

    @Test
    void whatTheProviderItselfGaveUpIsFinalAfterContentAndAskedForAnewBefore() {
        server.then(Scripts.events("1:a", "BROKEN"));
        StepVerifier.create(streamed())
                .verifyErrorSatisfies(error ->
                        assertThat(((LlmException) error).partialText()).isEqualTo("a"));
        assertThat(requests()).containsExactly("POST /v1/ask");

        server.then(Scripts.events("0:", "BROKEN")).then(Scripts.events("1:a", "END"));
        StepVerifier.create(streamed().map(Completion::text)).expectNext("a").verifyComplete();
        assertThat(requests()).containsExactly("POST /v1/ask", "POST /v1/ask", "POST /v1/ask");
    }

    @Test
    void aRestThatIsAWholeAnswerIsNotDelivered() {
        server.then(Scripts.eventsThenCut("1:a")).always(Scripts.json(200, "ab"));

        StepVerifier.create(streamed()).verifyErrorSatisfies(error -> {
            assertThat(error).isInstanceOf(MalformedResponseException.class);
            assertThat(((LlmException) error).partialText()).isEqualTo("a");
        });
    }

    @Test
    void eachSubscriptionGoesOnWithItsOwnStream() {
        server.then(Scripts.eventsThenCut("1:a"))
                .then(Scripts.events("2:b", "END"))
                .then(Scripts.eventsThenCut("7:x"))
                .then(Scripts.events("8:y", "END"));
        Flux<CompletionChunk> call = provider.stream("hello");

        StepVerifier.create(Completion.from(call)
                        .concatWith(Completion.from(call))
                        .map(Completion::text)
                        .timeout(PATIENCE))
                .expectNext("ab", "xy")
                .verifyComplete();
        assertThat(requests())
                .containsExactly("POST /v1/ask", "GET /v1/rest?after=1", "POST /v1/ask", "GET /v1/rest?after=7");
    }

    @Test
    void leavingInTheWaitSendsNothingMore() {
        server.then(Scripts.eventsThenCut("1:a"));
        provider.dispose();
        config.retrySettings(retry ->
                retry.deadline(Duration.ofDays(1)).maxDelay(Duration.ofHours(1)).initialDelay(Duration.ofHours(1)));
        provider = provider();
        StepVerifier.create(provider.stream("hello").map(CompletionChunk::text))
                .expectNext("a")
                .then(() -> waits.orTimeout(3, TimeUnit.MINUTES).join())
                .thenCancel()
                .verify(PATIENCE);
        assertThat(events).anyMatch(RetryEvent.Cancelled.class::isInstance);
        assertThat(server.calls()).isEqualTo(1);
    }
}
