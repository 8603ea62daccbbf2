package io.aicore.llm;

import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.llm.auth.AccessToken;
import io.aicore.llm.auth.RequestAuthorizer;
import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.codec.EmbeddingCodec;
import io.aicore.llm.codec.TokenCountCodec;
import io.aicore.llm.codec.wire.WireRequest;
import io.aicore.llm.codec.wire.WireResponse;
import io.aicore.llm.embedding.Embedding;
import io.aicore.llm.embedding.EmbeddingRequest;
import io.aicore.llm.embedding.Embeddings;
import io.aicore.llm.error.InvalidRequestException;
import io.aicore.llm.error.LlmException;
import io.aicore.llm.error.LlmTimeoutException;
import io.aicore.llm.error.MalformedResponseException;
import io.aicore.testserver.FaultServer;
import io.aicore.testserver.Scripts;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** Vectors, token counts and requests that are authorized late, over real sockets on the one road. */
class WireOperationsTest {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final FaultServer server = FaultServer.start();
    private final List<LlmProvider> made = new ArrayList<>();

    private LlmConfigBuilder config() {
        return LlmConfig.builder()
                .provider("line")
                .model("m")
                .embeddingModel("e")
                .retrySettings(retry -> retry.maxRetries(1).initialDelay(Duration.ofMillis(1)));
    }

    private LlmProvider provider(LlmConfigBuilder config, Protocol protocol) {
        LlmProvider provider = WireProvider.create(config.build(), "line", server.url("/v1"), protocol);
        made.add(provider);
        return provider;
    }

    @AfterEach
    void close() {
        made.forEach(LlmProvider::dispose);
        server.close();
    }

    private static <T> StepVerifier.FirstStep<T> verify(Mono<T> call) {
        return StepVerifier.create(call.timeout(PATIENCE));
    }

    @Test
    void vectorsAreRetriedLikeAnyCallAndSayHowTheyCame() {
        server.then(Scripts.json(503, "")).then(Scripts.json(200, "2"));

        verify(provider(config(), Protocol.NONE.embeddings(new Lengths())).embed("a", "bb"))
                .assertNext(answer -> {
                    assertThat(answer.vectors()).containsExactly(Embedding.of(1), Embedding.of(2));
                    assertThat(answer.provenance()).isNotNull();
                    assertThat(answer.provenance().attempts()).isEqualTo(2);
                })
                .verifyComplete();
        assertThat(server.call(2).body()).asString(StandardCharsets.UTF_8).isEqualTo("e:a,bb");
    }

    @Test
    void fewerVectorsThanTextsAreNoAnswerAndAskedForOnce() {
        server.always(Scripts.json(200, "1"));

        verify(provider(config(), Protocol.NONE.embeddings(new Lengths())).embed("a", "bb"))
                .verifyErrorSatisfies(error -> assertThat(error)
                        .isInstanceOf(MalformedResponseException.class)
                        .hasMessageContaining("the response has 1 embeddings for 2 texts"));
        assertThat(server.calls()).isEqualTo(1);
    }

    @Test
    void withoutAnEmbeddingModelNothingIsSent() {
        LlmConfigBuilder config = LlmConfig.builder().provider("line").model("m");

        verify(provider(config, Protocol.NONE.embeddings(new Lengths())).embed("a"))
                .verifyErrorSatisfies(error -> assertThat(error)
                        .isInstanceOf(InvalidRequestException.class)
                        .hasMessageContaining("LLM_EMBEDDING_MODEL"));
        assertThat(server.calls()).isZero();
    }

    @Test
    void tokensAreCounted() {
        server.then(Scripts.json(200, "17"));

        verify(provider(config(), Protocol.NONE.tokenCount(new Counter())).countTokens(CompletionRequest.of("hello")))
                .expectNext(17L)
                .verifyComplete();
    }

    @Test
    void whatAProtocolDoesNotOfferIsRefusedWithoutAttempts() {
        LlmProvider nothing = provider(config(), Protocol.NONE);

        verify(nothing.complete("hello")).verifyErrorSatisfies(error -> notOffered(error, "completions"));
        verify(Completion.from(nothing.stream("hello")))
                .verifyErrorSatisfies(error -> notOffered(error, "completions"));
        verify(nothing.embed("a")).verifyErrorSatisfies(error -> notOffered(error, "embeddings"));
        verify(nothing.countTokens(CompletionRequest.of("a")))
                .verifyErrorSatisfies(error -> notOffered(error, "token counting"));
        assertThat(server.calls()).isZero();
    }

    private static void notOffered(Throwable error, String what) {
        assertThat(error)
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("not sent: line does not support " + what);
    }

    @Test
    void aTokenIsFetchedForTheRequestAndAppearsInNoFailure() {
        server.then(Scripts.json(200, "hi")).always(Scripts.json(401, "bad token tok-0123456789"));
        Mono<AccessToken> source = Mono.just(AccessToken.of("tok-0123456789", Instant.MAX));
        LlmProvider provider =
                provider(config().authorizer(RequestAuthorizer.bearer(source)), Protocol.NONE.chat(new LineCodec()));

        verify(provider.complete("hello")).expectNextCount(1).verifyComplete();
        assertThat(server.call(1).headers()).containsEntry("authorization", "Bearer tok-0123456789");

        verify(provider.complete("hello"))
                .verifyErrorSatisfies(error ->
                        assertThat(error).isInstanceOf(LlmException.class).hasMessageContaining("bad token REDACTED"));
    }

    @Test
    void aHeaderHasOneValueInWhateverCaseItIsWritten() {
        server.always(Scripts.json(200, "hi"));
        RequestAuthorizer proof = (request, address) -> Mono.just(request.header("authorization", "Bearer proof"));

        verify(provider(config().header("AUTHORIZATION", "Bearer own"), Protocol.NONE.chat(new LineCodec()))
                        .complete("hello"))
                .expectNextCount(1)
                .verifyComplete();
        verify(provider(
                                config().header("AUTHORIZATION", "Bearer own").authorizer(proof),
                                Protocol.NONE.chat(new LineCodec()))
                        .complete("hello"))
                .expectNextCount(1)
                .verifyComplete();
        assertThat(server.call(1).headers()).containsEntry("authorization", "Bearer own");
        assertThat(server.call(2).headers()).containsEntry("authorization", "Bearer proof");
    }

    @Test
    void aTokenThatDoesNotComeIsATimeoutAndNothingIsSent() {
        LlmConfigBuilder config = config().timeouts(timeouts -> timeouts.connect(Duration.ofMillis(20)))
                .authorizer((request, address) -> Mono.never());

        verify(provider(config, Protocol.NONE.chat(new LineCodec())).complete("hello"))
                .verifyErrorSatisfies(error -> assertThat(error)
                        .isInstanceOf(LlmTimeoutException.class)
                        .hasMessageContaining("no token or signature within 0.02 s"));
        assertThat(server.calls()).isZero();
    }

    @Test
    void aSignatureIsMadeForEachAttemptAndSeesTheWholeRequest() {
        server.then(Scripts.json(503, "")).then(Scripts.json(200, "hi"));
        LlmConfigBuilder config = config().authorizer((request, address) -> Mono.just(
                request.header("x-signature", request.headers().get("x-retry-count") + " " + address.getPath())));

        verify(provider(config, Protocol.NONE.chat(new LineCodec())).complete("hello"))
                .expectNextCount(1)
                .verifyComplete();
        assertThat(server.call(1).headers().get("x-signature")).startsWith("0 /v1/");
        assertThat(server.call(2).headers().get("x-signature")).startsWith("1 /v1/");
    }

    /** Answers with a number n: the lengths of the first n texts. */
    private static final class Lengths implements EmbeddingCodec {

        @Override
        public int maxInputs(EmbeddingRequest request) {
            return 10;
        }

        @Override
        public WireRequest encode(EmbeddingRequest request) {
            String body = request.model() + ":" + String.join(",", request.inputs());
            return WireRequest.post("/embed", Map.of(), body.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public Embeddings decode(EmbeddingRequest request, WireResponse response) {
            List<Embedding> vectors = request.inputs().stream()
                    .limit(Long.parseLong(response.text()))
                    .map(text -> Embedding.of(text.length()))
                    .toList();
            return Embeddings.of("e", vectors, null);
        }

        @Override
        public LlmException classify(EmbeddingRequest request, WireResponse response) {
            return new LineCodec().classify(CompletionRequest.of("x"), response);
        }
    }

    /** Answers with the count. */
    private static final class Counter implements TokenCountCodec {

        @Override
        public WireRequest encode(CompletionRequest request) {
            return WireRequest.post("/count", Map.of(), new byte[0]);
        }

        @Override
        public Long decode(CompletionRequest request, WireResponse response) {
            return Long.valueOf(response.text());
        }

        @Override
        public LlmException classify(CompletionRequest request, WireResponse response) {
            return new LineCodec().classify(request, response);
        }
    }
}
