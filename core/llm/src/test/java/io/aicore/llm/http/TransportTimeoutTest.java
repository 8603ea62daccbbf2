package io.aicore.llm.http;

import static io.aicore.llm.http.Situations.DATA;
import static io.aicore.llm.http.Situations.chat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aicore.llm.SharedTime;
import io.aicore.llm.error.LlmException;
import io.aicore.llm.error.LlmTimeoutException;
import io.aicore.llm.error.Phase;
import io.aicore.testserver.FaultServer;
import io.aicore.testserver.Scripts;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The timers of {@link ExchangeTimers} on virtual time, against a server that really says nothing. */
class TransportTimeoutTest {

    private final FaultServer server = FaultServer.start();
    private final SharedTime time = new SharedTime();
    private HttpTransport transport = HttpTransport.create("acme", server.url(), HttpSettings.defaults(), time);

    @AfterEach
    void close() {
        transport.dispose();
        server.close();
    }

    /** Lets virtual time pass until the call has failed; says how much that took. */
    private Duration failed(CompletableFuture<?> call, Phase phase) {
        Duration passed = Duration.ZERO;
        while (!call.isDone()) {
            time.advanceTimeBy(Duration.ofSeconds(1));
            passed = passed.plusSeconds(1);
            Thread.onSpinWait();
        }
        assertThatThrownBy(call::join)
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOfSatisfying(LlmException.class, failure -> {
                    assertThat(failure).isInstanceOf(LlmTimeoutException.class);
                    assertThat(failure.details().phase()).isEqualTo(phase);
                });
        return passed;
    }

    @Test
    void aConnectionThatIsNotMadeInTimeFailsInThatPhase() {
        // Accepts, and never answers the TLS handshake.
        transport.dispose();
        URI secure = URI.create(server.url().toString().replace("http:", "https:"));
        transport = HttpTransport.create("acme", secure, HttpSettings.defaults(), time);
        CompletableFuture<?> call =
                transport.stream(chat(), Timeouts.defaults(), DATA).then().toFuture();
        // Not before the event loop has begun.
        while (!time.isAwaited()) {
            Thread.onSpinWait();
        }
        assertThat(failed(call, Phase.CONNECT)).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void aPlainAnswerThatDoesNotBeginClosesTheConnection() {
        server.then(Scripts.silence());
        Timeouts timeouts = Timeouts.defaults().firstToken(Duration.ofSeconds(30));
        CompletableFuture<?> call = transport.send(chat(), timeouts).toFuture();
        server.call(1);
        assertThat(failed(call, Phase.FIRST_BYTE)).isEqualTo(Duration.ofSeconds(30));
        server.awaitClientClosed(1);
    }

    @Test
    void aPlainAnswerThatDoesNotEndClosesTheConnection() {
        server.then(Scripts.silenceInBody(200, "{"));
        CompletableFuture<?> call = transport.send(chat(), Timeouts.defaults()).toFuture();
        server.call(1);
        time.advanceTimeBy(Duration.ofMinutes(10));
        assertThatThrownBy(() -> call.orTimeout(3, TimeUnit.MINUTES).join())
                .hasCauseInstanceOf(LlmTimeoutException.class)
                .hasMessageContaining("no complete response within 600 s");
        server.awaitClientClosed(1);
    }

    @Test
    void aStreamThatDoesNotBeginClosesTheConnection() {
        server.then(Scripts.silence());
        CompletableFuture<?> call =
                transport.stream(chat(), Timeouts.defaults(), DATA).last().toFuture();
        server.call(1);
        assertThat(failed(call, Phase.FIRST_BYTE)).isEqualTo(Duration.ofSeconds(60));
        server.awaitClientClosed(1);
    }

    @Test
    void aStreamThatFallsSilentClosesTheConnection() throws InterruptedException {
        server.then(Scripts.eventsThenSilence("one"));
        CountDownLatch first = new CountDownLatch(1);
        CompletableFuture<?> call = transport.stream(chat(), Timeouts.defaults(), DATA)
                .doOnNext(event -> first.countDown())
                .last()
                .toFuture();
        assertThat(first.await(3, TimeUnit.MINUTES)).isTrue();
        assertThat(failed(call, Phase.BODY)).isGreaterThanOrEqualTo(Duration.ofSeconds(60));
        server.awaitClientClosed(1);
    }

    @Test
    void commentsKeepAStreamAlive() throws InterruptedException {
        CountDownLatch silentEnough = new CountDownLatch(1);
        CountDownLatch first = new CountDownLatch(1);
        server.then(exchange -> {
            exchange.streamHead();
            exchange.event("one");
            silentEnough.await();
            exchange.chunk(": ping\n\n".getBytes(StandardCharsets.UTF_8));
            exchange.event("two");
            exchange.lastChunk();
        });
        CompletableFuture<String> call = transport.stream(chat(), Timeouts.defaults(), DATA)
                .doOnNext(event -> first.countDown())
                .last()
                .toFuture();
        assertThat(first.await(3, TimeUnit.MINUTES)).isTrue();
        time.advanceTimeBy(Duration.ofSeconds(59));
        silentEnough.countDown();
        assertThat(call.orTimeout(3, TimeUnit.MINUTES).join()).isEqualTo("two");
        time.advanceTimeBy(Duration.ofHours(1));
    }
}
