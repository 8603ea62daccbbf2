package io.aicore.llm;

import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.llm.chat.Provenance;
import io.aicore.llm.chat.Usage;
import io.aicore.llm.embedding.Embedding;
import io.aicore.llm.embedding.EmbeddingRequest;
import io.aicore.llm.embedding.Embeddings;
import io.aicore.llm.error.ErrorCategory;
import io.aicore.llm.error.ErrorDetails;
import io.aicore.llm.error.LlmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

class EmbedderTest {

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final List<EmbeddingRequest> sent = new ArrayList<>();

    private Embedder embedder(int maxInputs, java.util.function.Function<EmbeddingRequest, Mono<Embeddings>> call) {
        return new Embedder(
                request -> maxInputs,
                request -> {
                    sent.add(request);
                    return call.apply(request);
                },
                time);
    }

    /** A vector of the text's own number, so that order shows. */
    private static Embeddings answer(EmbeddingRequest request) {
        List<Embedding> vectors = request.inputs().stream()
                .map(text -> Embedding.of(Float.parseFloat(text)))
                .toList();
        return Embeddings.of("m", vectors, Usage.of(vectors.size(), 0))
                .provenance(Provenance.of(
                        "p",
                        new Provenance.Requests(2, 0, List.of()),
                        new Provenance.Timing(Duration.ofSeconds(3), Duration.ofSeconds(1), null)));
    }

    private static EmbeddingRequest texts(int count) {
        return EmbeddingRequest.of(
                IntStream.range(0, count).mapToObj(String::valueOf).toList());
    }

    private static LlmException tooLarge() {
        return LlmException.of(ErrorDetails.of("p", ErrorCategory.PAYLOAD_TOO_LARGE, false, "too large"));
    }

    private static List<Integer> numbers(Embeddings answer) {
        return answer.vectors().stream().map(vector -> (int) vector.get(0)).toList();
    }

    @Test
    void moreTextsThanOneRequestTakesAreSeveralRequestsAndOneAnswerInOrder() {
        // The later a request, the sooner its answer.
        Embedder embedder = embedder(
                3,
                request -> Mono.just(answer(request)).delayElement(Duration.ofMillis(100 - sent.size() * 10L), time));

        StepVerifier.create(embedder.embed(texts(10), null))
                .then(() -> time.advanceTimeBy(Duration.ofSeconds(1)))
                .assertNext(answer -> {
                    assertThat(numbers(answer)).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
                    assertThat(answer.usage()).isEqualTo(Usage.of(10, 0));
                    Provenance how = answer.provenance();
                    assertThat(how).isNotNull();
                    assertThat(how.attempts()).isEqualTo(8);
                    assertThat(how.waited()).isEqualTo(Duration.ofSeconds(4));
                    assertThat(how.latency()).isLessThan(Duration.ofSeconds(1));
                })
                .verifyComplete();
        assertThat(sent).extracting(request -> request.inputs().size()).containsExactly(3, 3, 3, 1);
    }

    @Test
    void atMostFourRequestsAreUnderWayAndTheFirstFailureEndsTheOthers() {
        AtomicInteger underWay = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        Embedder embedder = embedder(
                1,
                request -> Mono.just(answer(request))
                        .delayElement(Duration.ofSeconds(1), time)
                        .doOnSubscribe(s -> most.accumulateAndGet(underWay.incrementAndGet(), Math::max))
                        .doOnTerminate(underWay::decrementAndGet)
                        .doOnCancel(underWay::decrementAndGet)
                        .filter(answer -> !request.inputs().contains("5"))
                        .switchIfEmpty(Mono.error(new IllegalStateException("the sixth"))));

        StepVerifier.create(embedder.embed(texts(20), null))
                .then(() -> time.advanceTimeBy(Duration.ofSeconds(10)))
                .verifyErrorMessage("the sixth");
        assertThat(most).hasValue(4);
        assertThat(underWay).hasValue(0);
        assertThat(sent).hasSizeLessThan(12);
    }

    @Test
    void aRequestTheProviderFindsTooLargeIsHalved() {
        Embedder embedder = embedder(
                100, request -> request.inputs().size() > 2 ? Mono.error(tooLarge()) : Mono.just(answer(request)));

        StepVerifier.create(embedder.embed(texts(7), null).map(EmbedderTest::numbers))
                .expectNext(List.of(0, 1, 2, 3, 4, 5, 6))
                .verifyComplete();
        assertThat(sent).extracting(request -> request.inputs().size()).containsExactly(7, 3, 1, 2, 4, 2, 2);
    }

    @Test
    void oneTextThatIsTooLargeIsAFailure() {
        StepVerifier.create(embedder(100, request -> Mono.error(tooLarge())).embed(texts(4), null))
                .verifyErrorSatisfies(error -> assertThat(error).hasMessageContaining("too large"));
        assertThat(sent).extracting(request -> request.inputs().size()).containsExactly(4, 2, 1);
    }

    @Test
    void allRequestsShareOneDeadline() {
        Embedder embedder =
                embedder(1, request -> Mono.just(answer(request)).delayElement(Duration.ofSeconds(3), time));

        StepVerifier.create(embedder.embed(texts(9), Duration.ofSeconds(5)))
                .then(() -> time.advanceTimeBy(Duration.ofSeconds(20)))
                .expectNextCount(1)
                .verifyComplete();
        assertThat(sent.get(0).overrides().deadline()).isEqualTo(Duration.ofSeconds(5));
        assertThat(sent.get(4).overrides().deadline()).isEqualTo(Duration.ofSeconds(2));
        assertThat(sent.get(8).overrides().deadline()).isEqualTo(Duration.ofNanos(1));
    }

    @Test
    void aSumWithAnUnknownPartIsUnknown() {
        Embedder embedder = embedder(
                1,
                request -> Mono.just(answer(request))
                        .map(answer -> request.inputs().contains("1")
                                ? new Embeddings(answer.model(), answer.vectors(), null, null)
                                : answer));

        StepVerifier.create(embedder.embed(texts(3), null))
                .assertNext(answer -> {
                    assertThat(answer.usage()).isNull();
                    assertThat(answer.provenance()).isNull();
                })
                .verifyComplete();
    }
}
