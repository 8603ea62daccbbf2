package io.aicore.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.llm.LlmProvider;
import io.aicore.llm.chat.Usage;
import io.aicore.llm.codec.json.Json;
import io.aicore.llm.embedding.Embedding;
import io.aicore.llm.embedding.EmbeddingRequest;
import io.aicore.llm.embedding.Embeddings;
import io.aicore.llm.error.ErrorCategory;
import io.aicore.llm.error.InvalidRequestException;
import io.aicore.llm.error.LlmException;
import io.aicore.testserver.Script;
import io.aicore.testserver.Scripts;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import reactor.core.Disposable;

/** Texts become vectors, or the wish is refused. */
interface EmbeddingClaims extends Claims {

    List<String> TEXTS = List.of("Grüße", "世界", "🌍!");
    long TOKENS_A_TEXT = 3;

    private EmbeddingFixture embedding() {
        return Rig.present(fixture().embeddings());
    }

    private EmbeddingRequest request(List<String> texts) {
        return EmbeddingRequest.of(texts).model(embedding().model());
    }

    /** A vector that tells its text. */
    private static Embedding vector(String text) {
        return Embedding.of(text.length() / 4f, -0.5f, text.hashCode() % 64 / 8f);
    }

    private String answer(List<String> texts) {
        return embedding().answer(texts.stream().map(EmbeddingClaims::vector).toList(), TOKENS_A_TEXT * texts.size());
    }

    /** Answers whatever texts are in the request. */
    private Script vectors() {
        return exchange -> exchange.answer(
                200,
                "application/json",
                answer(embedding().inputs(Json.read(exchange.call().body()))));
    }

    private void assertVectors(Embeddings embeddings, List<String> texts) {
        assertThat(embeddings.vectors())
                .isEqualTo(texts.stream().map(EmbeddingClaims::vector).toList());
        assertThat(embeddings.model()).isEqualTo(embedding().servedBy());
        assertThat(embeddings.usage())
                .isEqualTo(embedding().usage() ? Usage.of(TOKENS_A_TEXT * texts.size(), 0) : null);
    }

    @Test
    default void withoutEmbeddingsTheWishIsRefusedUnsent() {
        assertThat(fixture().embeddings() != null).isEqualTo(can(Capability.EMBEDDINGS));
        if (!can(Capability.EMBEDDINGS)) {
            assertThat(Rig.failure(rig().trying().embed("a text"))).isInstanceOf(InvalidRequestException.class);
            assertThat(rig().server().calls()).isZero();
        }
    }

    @Test
    default void vectorsComeInTheOrderOfTheirTexts() {
        if (!can(Capability.EMBEDDINGS)) {
            return;
        }
        rig().server().always(vectors());
        LlmProvider provider = rig().retrying();

        Embeddings embeddings = Rig.get(provider.embed(request(TEXTS)));

        assertVectors(embeddings, TEXTS);
        assertThat(Rig.present(embeddings.provenance()).provider()).isEqualTo(provider.name());
        assertThat(rig().server().call(1).path()).isEqualTo(embedding().path());
        assertThat(fixture().requests().key(rig().server().call(1)))
                .isEqualTo(fixture().key());
        List<String> sent = IntStream.rangeClosed(1, rig().server().calls())
                .mapToObj(call -> embedding().inputs(sent(call)))
                .flatMap(List::stream)
                .toList();
        // Requests of one call go out at once.
        assertThat(sent).containsExactlyInAnyOrderElementsOf(TEXTS);
    }

    @Test
    default void moreTextsThanARequestMayHoldAreSplit() {
        if (!can(Capability.EMBEDDINGS)) {
            return;
        }
        int most = embedding().maxInputs();
        List<String> texts =
                IntStream.rangeClosed(0, most).mapToObj(i -> "text " + i).toList();
        rig().server().always(vectors());

        Embeddings embeddings = Rig.get(rig().trying().embed(request(texts)));

        assertVectors(embeddings, texts);
        assertThat(rig().server().calls()).isEqualTo(2);
        assertThat(embedding().inputs(sent(1)).size()
                        + embedding().inputs(sent(2)).size())
                .isEqualTo(texts.size());
        assertThat(embedding().inputs(sent(1))).hasSizeLessThanOrEqualTo(most);
        assertThat(embedding().inputs(sent(2))).hasSizeLessThanOrEqualTo(most);
    }

    @Test
    default void aFailureThatMayPassIsRetriedWithTheSameBytes() {
        if (!can(Capability.EMBEDDINGS)) {
            return;
        }
        List<String> text = TEXTS.subList(0, 1);
        rig().server().then(error(passing())).then(vectors());

        Embeddings embeddings = Rig.get(rig().retrying().embed(request(text)));

        assertVectors(embeddings, text);
        assertThat(Rig.present(embeddings.provenance()).attempts()).isEqualTo(2);
        assertThat(rig().server().call(2).body())
                .isEqualTo(rig().server().call(1).body());
        assertThat(rig().server().call(2).header("x-retry-count")).isEqualTo("1");
    }

    @TestFactory
    default Stream<DynamicTest> everyErrorOfEmbeddingsHasItsKind() {
        return fixture().errors().stream()
                .filter(form -> can(Capability.EMBEDDINGS))
                .map(form -> DynamicTest.dynamicTest(form.toString(), () -> {
                    rig().server().then(error(form));
                    LlmException failure = Rig.failure(rig().trying().embed(request(List.of("a"))));
                    assertThat(failure.category()).isEqualTo(form.category());
                    assertThat(failure.retryable()).isEqualTo(form.retryable());
                    assertThat(failure.retryAfter()).isEqualTo(form.delay());
                    assertThat(failure.status()).isEqualTo(form.meant());
                    assertThat(failure.model()).isEqualTo(embedding().model());
                }));
    }

    @TestFactory
    default Stream<DynamicTest> errorsInsideASuccessAreNoVectors() {
        return fixture().errorsInsideSuccess().stream()
                .filter(form -> can(Capability.EMBEDDINGS))
                .map(form -> DynamicTest.dynamicTest(form.toString(), () -> {
                    rig().server().then(error(form));
                    assertThat(Rig.failure(rig().trying().embed(request(List.of("a"))))
                                    .category())
                            .isIn(form.category(), ErrorCategory.MALFORMED_RESPONSE);
                }));
    }

    @Test
    default void fewerVectorsThanTextsAreNoAnswerAndAskedForOnce() {
        if (!can(Capability.EMBEDDINGS)) {
            return;
        }
        int texts = Math.min(2, embedding().maxInputs());
        rig().server().always(Scripts.json(200, answer(TEXTS.subList(0, texts - 1))));

        LlmException failure = Rig.failure(rig().retrying().embed(request(TEXTS.subList(0, texts))));

        assertThat(failure.category()).isEqualTo(ErrorCategory.MALFORMED_RESPONSE);
        assertThat(rig().server().calls()).isEqualTo(1);
    }

    @Test
    default void vectorsCutAtAnyByteAreNoAnswer() {
        if (!can(Capability.EMBEDDINGS)) {
            return;
        }
        List<String> text = TEXTS.subList(0, 1);
        byte[] body = answer(text).strip().getBytes(StandardCharsets.UTF_8);
        LlmProvider provider = rig().trying();
        for (int length = 0; length < body.length; length++) {
            rig().server().then(Rig.body("application/json", Arrays.copyOf(body, length)));
            assertThat(Rig.failure(provider.embed(request(text))).category())
                    .as("cut after %d of %d bytes", length, body.length)
                    .isEqualTo(ErrorCategory.MALFORMED_RESPONSE);
        }
    }

    @Test
    default void vectorsMayComeByteAfterByteAndWithUnknownMembers() {
        if (!can(Capability.EMBEDDINGS)) {
            return;
        }
        List<String> text = TEXTS.subList(0, 1);
        String body = answer(text);
        rig().server()
                .then(Rig.drip("application/json", body.getBytes(StandardCharsets.UTF_8)))
                .then(Scripts.json(200, UnknownMembers.into(body, fixture())));
        LlmProvider provider = rig().trying();

        assertVectors(Rig.get(provider.embed(request(text))), text);
        assertVectors(Rig.get(provider.embed(request(text))), text);
    }

    @Test
    default void leavingWhileVectorsAreMadeClosesTheExchange() {
        if (!can(Capability.EMBEDDINGS)) {
            return;
        }
        rig().server().then(Scripts.silence()).always(vectors());
        LlmProvider provider = rig().retrying();

        Disposable call = provider.embed(request(List.of("first"))).subscribe();
        rig().server().call(1);
        call.dispose();

        rig().server().awaitClientClosed(1);
        assertThat(rig().circuit(provider, embedding().model()).pending()).isZero();
        assertVectors(Rig.get(provider.embed(request(List.of("second")))), List.of("second"));
        assertThat(embedding().inputs(sent(2))).containsExactly("second");
        assertThat(rig().server().call(2).header("x-retry-count")).isEqualTo("0");
        assertThat(rig().server().calls()).isEqualTo(2);
    }
}
