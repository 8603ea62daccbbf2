package io.aicore.llm;

import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.limit.CircuitMetrics;
import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.CompletionChunk;
import io.aicore.llm.error.ClientErrorException;
import io.aicore.llm.error.ConnectionException;
import io.aicore.llm.error.LlmException;
import io.aicore.llm.error.NotFoundException;
import io.aicore.testserver.FaultServer;
import io.aicore.testserver.Scripts;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** A protocol on our transport, over real sockets. */
class WireProviderTest {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final FaultServer server = FaultServer.start();
    private final LlmConfigBuilder config = LlmConfig.builder()
            .provider("line")
            .model("m")
            .apiKey("key-0123456789")
            .retrySettings(retry -> retry.maxRetries(2).initialDelay(Duration.ofMillis(1)));
    private WireProvider provider = provider(config);

    private WireProvider provider(LlmConfigBuilder settings) {
        return WireProvider.create(settings.build(), "line", server.url("/v1"), new LineCodec());
    }

    @AfterEach
    void close() {
        provider.dispose();
        server.close();
    }

    private static <T> StepVerifier.FirstStep<T> verify(Mono<T> call) {
        return StepVerifier.create(call.timeout(PATIENCE));
    }

    @Test
    void aRetriedRequestIsTheSameButForItsNumber() {
        server.then(Scripts.json(503, "")).then(Scripts.json(200, "hi"));

        verify(provider.complete("hello").map(Completion::text))
                .expectNext("hi")
                .verifyComplete();

        assertThat(server.call(1).body()).isEqualTo(server.call(2).body());
        assertThat(server.call(1).headers()).containsEntry("x-retry-count", "0");
        assertThat(server.call(2).headers()).containsEntry("x-retry-count", "1");
    }

    @Test
    void theAttemptsNumberCanBeKeptBack() {
        provider.dispose();
        provider = provider(config.retryCountHeader(false));
        server.then(Scripts.json(200, "hi"));

        verify(provider.complete("hello")).expectNextCount(1).verifyComplete();

        assertThat(server.call(1).headers()).doesNotContainKey("x-retry-count");
    }

    @Test
    void headersOfTheConfigurationAreSent() {
        provider.dispose();
        provider = provider(config.header("X-Title", "demo"));
        server.then(Scripts.json(200, "hi"));

        verify(provider.complete("hello")).expectNextCount(1).verifyComplete();

        assertThat(server.call(1).headers()).containsEntry("x-title", "demo");
    }

    @Test
    void aSlowCallerLosesNoTokenOfACutStream() {
        server.then(Scripts.eventsThenCut("a", "b", "c"));

        StepVerifier.create(provider.stream("hello").map(CompletionChunk::text).timeout(PATIENCE), 1)
                .expectNext("a")
                .then(() -> server.call(1))
                .thenRequest(1)
                .expectNext("b")
                .thenRequest(1)
                .expectNext("c")
                .thenRequest(1)
                .consumeErrorWith(error -> {
                    assertThat(error).isInstanceOf(ConnectionException.class);
                    assertThat(((LlmException) error).partialText()).isEqualTo("abc");
                })
                .verify(PATIENCE);
    }

    @Test
    void theConnectionOfAStreamServesTheNextCall() {
        provider.dispose();
        // The next call may begin before the event loop has given the connection back: the only one is waited for.
        provider = provider(config.httpSettings(http -> http.maxConnections(1)));
        server.always(Scripts.events("a", "END"));

        for (int i = 0; i < 3; i++) {
            verify(Completion.from(provider.stream("hello")).map(Completion::text))
                    .expectNext("a")
                    .verifyComplete();
        }

        assertThat(server.connections()).isEqualTo(1);
    }

    @Test
    void aServerThatHoldsTheConnectionOpenAfterTheEndDoesNotHoldTheCaller() {
        server.then(Scripts.eventsThenSilence("a", "END"));

        verify(Completion.from(provider.stream("hello")).map(Completion::text))
                .expectNext("a")
                .verifyComplete();
        server.awaitClientClosed(1);
    }

    @Test
    void aWholeAnswerToAStreamsRequestIsAStreamOfOneChunk() {
        server.then(Scripts.json(200, "whole"));

        verify(Completion.from(provider.stream("hello")).map(Completion::text))
                .expectNext("whole")
                .verifyComplete();
    }

    @Test
    void whatAProviderQuotesOfKeyAndPromptIsNotInTheMessage() {
        server.always(Scripts.json(500, "bad key key-0123456789 for: the merger closes on Friday"));

        verify(provider.complete("the merger closes on Friday"))
                .consumeErrorWith(error -> assertThat(error)
                        .hasMessageContaining("bad key REDACTED for: REDACTED")
                        .hasMessageNotContainingAny("0123", "merger"))
                .verify();
    }

    @Test
    void whereNothingIsFoundTheAddressIsToldWithoutItsQuery() {
        provider.dispose();
        provider = WireProvider.create(
                config.build(), "line", URI.create(server.url("/v1") + "?key=secret-0123"), new LineCodec());
        server.always(Scripts.json(404, "no such page"));

        verify(provider.complete("hello"))
                .consumeErrorWith(error -> assertThat(error)
                        .isInstanceOf(NotFoundException.class)
                        .hasMessageContaining("; the URL was " + server.url("/v1/ask") + ", made of the base URL "
                                + server.url("/v1") + " and the path /ask")
                        .hasMessageNotContaining("secret"))
                .verify();
    }

    @ParameterizedTest
    @ValueSource(strings = {"unencodable", "unasserted in encode", "undecodable", "unlinked", "unasserted"})
    void aBugInACodecIsATypedErrorThatLetsEverythingGo(String prompt) {
        server.always(Scripts.json(200, prompt));

        verify(provider.complete(prompt)).verifyError(ClientErrorException.class);

        CircuitMetrics circuit = provider.circuit("m").metrics();
        assertThat(circuit.pending()).isEqualTo(0);
        assertThat(circuit.failureRate()).isEqualTo(0);
        assertThat(server.calls()).isLessThanOrEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"undecodable", "unlinked", "unasserted"})
    void aBugInAStreamDecoderClosesTheConnection(String event) {
        server.then(Scripts.eventsThenSilence(event));

        verify(provider.stream("hello").then()).verifyError(ClientErrorException.class);

        server.awaitClientClosed(1);
        assertThat(provider.circuit("m").metrics().pending()).isEqualTo(0);
    }

    @Test
    void aDecoderThatCannotBeMadeIsATypedError() {
        server.then(Scripts.eventsThenSilence("a"));

        verify(provider.stream("undecoded").then()).verifyError(ClientErrorException.class);

        server.awaitClientClosed(1);
        assertThat(provider.circuit("m").metrics().pending()).isEqualTo(0);
    }

    @Test
    void aClosedProviderSendsNothing() {
        provider.dispose();

        verify(provider.complete("hello")).verifyError(LlmException.class);

        assertThat(provider.isDisposed()).isTrue();
        assertThat(server.calls()).isEqualTo(0);
    }
}
