package io.aicore.llm.http;

import static io.aicore.llm.http.Situations.PATIENCE;
import static io.aicore.llm.http.Situations.chat;
import static io.aicore.llm.http.Situations.transport;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aicore.llm.codec.wire.WireRequest;
import io.aicore.llm.codec.wire.WireResponse;
import io.aicore.llm.error.ErrorCategory;
import io.aicore.llm.error.LlmException;
import io.aicore.testserver.FaultServer;
import io.aicore.testserver.RecordedCall;
import io.aicore.testserver.Scripts;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

class PlainAnswerTest {

    private final FaultServer server = FaultServer.start();
    private HttpTransport transport = transport(server.url("/v4?api-version=7"));

    @AfterEach
    void close() {
        transport.dispose();
        server.close();
    }

    private void settings(HttpSettings settings) {
        transport = HttpTransport.create("acme", server.url(), settings);
    }

    private WireResponse answer() {
        return transport.send(chat(), Timeouts.defaults()).block(PATIENCE);
    }

    @Test
    void sendsTheRequestAsItIsToTheBaseUrlAsItIs() {
        server.then(Scripts.json(200, "{}"));
        answer();
        RecordedCall call = server.call(1);
        assertThat(call.method()).isEqualTo("POST");
        assertThat(call.path()).isEqualTo("/v4/chat?api-version=7");
        assertThat(call.header("authorization")).isEqualTo("Bearer sk-secret");
        assertThat(call.header("content-type")).isEqualTo("application/json");
        assertThat(call.header("content-length")).isEqualTo(String.valueOf(call.body().length));
        assertThat(call.header("host")).startsWith("127.0.0.1:");
        assertThat(call.text()).isEqualTo("{\"prompt\":\"hello\"}");
    }

    @Test
    void givesStatusHeadersAndBody() {
        server.then(Scripts.json(200, "{\"text\":\"Grüße\"}", "X-Request-Id: req-1"));
        WireResponse answer = answer();
        assertThat(answer.successful()).isTrue();
        assertThat(answer.headers().first("x-request-id")).contains("req-1");
        assertThat(answer.text()).isEqualTo("{\"text\":\"Grüße\"}");
    }

    @Test
    void anyStatusIsAnAnswerAndRedirectsAreNotFollowed() {
        server.then(Scripts.json(429, "slow down", "retry-after: 1"))
                .then(Scripts.json(302, "moved", "location: /elsewhere"))
                .then(Scripts.json(503, ""));
        assertThat(answer().headers().first("retry-after")).contains("1");
        assertThat(answer().status()).isEqualTo(302);
        assertThat(answer().status()).isEqualTo(503);
        assertThat(server.calls()).isEqualTo(3);
    }

    @Test
    void aReadAnswerGivesItsConnectionBackWhateverItsStatus() {
        settings(HttpSettings.defaults().maxConnections(1));
        server.always(Scripts.json(500, "sorry"));
        for (int i = 0; i < 5; i++) {
            answer();
        }
        assertThat(server.calls()).isEqualTo(5);
        assertThat(server.connections()).isEqualTo(1);
    }

    @Test
    void isColdAndSendsOncePerSubscription() {
        server.always(Scripts.json(200, "{}"));
        Mono<WireResponse> call = transport.send(chat(), Timeouts.defaults());
        assertThat(server.calls()).isZero();
        call.block(PATIENCE);
        call.block(PATIENCE);
        assertThat(server.calls()).isEqualTo(2);
    }

    @Test
    void aRequestWithoutBodySendsNone() {
        server.then(Scripts.json(200, "[]"));
        WireRequest get = new WireRequest("GET", "/models", Map.of(), new byte[0]);
        assertThat(transport.send(get, Timeouts.defaults()).block(PATIENCE).text())
                .isEqualTo("[]");
        assertThat(server.call(1).method()).isEqualTo("GET");
        assertThat(server.call(1).body()).isEmpty();
    }

    @Test
    void decompressesWhatItAskedFor() throws IOException {
        byte[] body = gzip("{\"text\":\"small\"}".getBytes(StandardCharsets.UTF_8));
        server.then(exchange -> exchange.answer(200, "application/json", body, "content-encoding: gzip"));
        assertThat(answer().text()).isEqualTo("{\"text\":\"small\"}");
        assertThat(server.call(1).header("accept-encoding")).isEqualTo("gzip");
    }

    @Test
    void doesNotAskForGzipWhereItIsSwitchedOff() {
        settings(HttpSettings.defaults().gzip(false));
        server.then(Scripts.json(200, "{}"));
        answer();
        assertThat(server.call(1).header("accept-encoding")).isEqualTo("identity");
    }

    @Test
    void aBodyAtTheLimitIsTaken() {
        settings(HttpSettings.defaults().maxResponseBytes(1_000));
        server.then(Scripts.json(200, "x".repeat(1_000)));
        assertThat(answer().body()).hasSize(1_000);
    }

    @Test
    void aBodyOverTheLimitIsRefusedWhileItIsReadAndItsConnectionClosed() {
        settings(HttpSettings.defaults().maxResponseBytes(1_000));
        server.then(exchange -> {
            exchange.head(200, "content-type: application/json", "transfer-encoding: chunked");
            exchange.chunk(new byte[1_001]);
            exchange.awaitClientClose();
        });
        assertThatThrownBy(this::answer).isInstanceOfSatisfying(LlmException.class, failure -> {
            assertThat(failure.category()).isEqualTo(ErrorCategory.MALFORMED_RESPONSE);
            assertThat(failure.retryable()).isFalse();
            assertThat(failure.getMessage()).contains("1000 bytes (maxResponseBytes)");
        });
        server.awaitClientClosed(1);
    }

    @Test
    void aBodyOverTheLimitOnceDecompressedIsRefusedToo() throws IOException {
        settings(HttpSettings.defaults().maxResponseBytes(10_000));
        byte[] bomb = gzip(new byte[1_000_000]);
        assertThat(bomb.length).isLessThan(10_000);
        server.then(exchange -> exchange.answer(200, "application/json", bomb, "content-encoding: gzip"));
        assertThatThrownBy(this::answer).hasMessageContaining("10000 bytes (maxResponseBytes)");
    }

    @Test
    void aCompressedBodyThatIsNoneIsMalformedAndRetryable() {
        server.then(
                exchange -> exchange.answer(200, "application/json", new byte[] {1, 2, 3}, "content-encoding: gzip"));
        assertThatThrownBy(this::answer).isInstanceOfSatisfying(LlmException.class, failure -> {
            assertThat(failure.category()).isEqualTo(ErrorCategory.MALFORMED_RESPONSE);
            assertThat(failure.retryable()).isTrue();
        });
    }

    @Test
    void aHeaderThatHttpDoesNotAllowIsRefusedWithoutShowingItsValue() {
        WireRequest request = WireRequest.post("/chat", Map.of("authorization", "Bearer secret\r\nx: y"), new byte[0]);
        assertThatThrownBy(() -> transport.send(request, Timeouts.defaults()).block(PATIENCE))
                .isInstanceOfSatisfying(LlmException.class, failure -> {
                    assertThat(failure.category()).isEqualTo(ErrorCategory.INVALID_REQUEST);
                    assertThat(failure.retryable()).isFalse();
                })
                .hasMessageContaining("authorization")
                .hasMessageNotContaining("secret")
                .hasNoCause();
        assertThat(server.calls()).isZero();
    }

    @Test
    void answersAreEmittedOnTheEventLoop() {
        server.then(Scripts.json(200, "{}"));
        AtomicReference<String> thread = new AtomicReference<>();
        transport
                .send(chat(), Timeouts.defaults())
                .doOnNext(answer -> thread.set(Thread.currentThread().getName()))
                .block(PATIENCE);
        assertThat(thread.get()).startsWith("reactor-http-");
    }

    @Test
    void aClosedTransportRejectsCalls() {
        transport.disposeLater().block(PATIENCE);
        assertThat(transport.isDisposed()).isTrue();
        assertThatThrownBy(this::answer)
                .isInstanceOfSatisfying(
                        LlmException.class,
                        failure -> assertThat(failure.category()).isEqualTo(ErrorCategory.REJECTED));
    }

    @Test
    void closingLetsCallsInFlightEnd() {
        CountDownLatch closed = new CountDownLatch(1);
        server.then(exchange -> {
            closed.await();
            exchange.answer(200, "application/json", "{}");
        });
        CompletableFuture<WireResponse> call =
                transport.send(chat(), Timeouts.defaults()).toFuture();
        server.call(1);
        transport.disposeLater().block(PATIENCE);
        closed.countDown();
        assertThat(call.orTimeout(3, TimeUnit.MINUTES).join().status()).isEqualTo(200);
        server.awaitClientClosed(1);
    }

    @Test
    void printsItsHostAndNoMore() {
        assertThat(transport.toString()).startsWith("HttpTransport[127.0.0.1:").doesNotContain("api-version");
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }
}
