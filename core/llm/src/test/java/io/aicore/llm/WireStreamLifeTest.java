package io.aicore.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aicore.limit.CircuitBreaker;
import io.aicore.llm.chat.Completion;
import io.aicore.testserver.FaultServer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A stream that shows life over a real socket, on virtual time. */
@Timeout(180)
class WireStreamLifeTest {

    private static final Duration TEN_SECONDS = Duration.ofSeconds(10);

    private final FaultServer server = FaultServer.start();
    private final SharedTime time = new SharedTime();
    private final CountDownLatch quiet = new CountDownLatch(1);
    private final CountDownLatch thought = new CountDownLatch(1);
    private final WireProvider provider = WireProvider.create(
            LlmConfig.builder()
                    .provider("line")
                    .model("m")
                    .scheduler(time)
                    // Time that is advanced in a loop passes minutes before an event loop is called once.
                    .retrySettings(retry -> retry.maxRetries(0).deadline(Duration.ofDays(1)))
                    .timeouts(timeouts -> timeouts.firstContent(Duration.ofDays(1)))
                    .timeouts(timeouts -> timeouts.firstToken(Duration.ofSeconds(20)))
                    .timeouts(timeouts -> timeouts.idle(Duration.ofSeconds(50)))
                    .build(),
            "line",
            server.url("/v1"),
            new LineCodec());

    @AfterEach
    void close() {
        quiet.countDown();
        thought.countDown();
        provider.dispose();
        server.close();
    }

    @Test
    void aCommentIsLifeForTimersAndCircuit() {
        server.then(exchange -> {
            exchange.streamHead();
            quiet.await();
            exchange.chunk(": keep-alive\n\n".getBytes(StandardCharsets.UTF_8));
            thought.await();
            exchange.event("a");
            exchange.event("END");
            exchange.lastChunk();
        });
        CompletableFuture<String> call =
                Completion.from(provider.stream("hello")).map(Completion::text).toFuture();
        server.call(1);
        CircuitBreaker circuit = provider.circuit("m");
        time.advanceTimeBy(TEN_SECONDS);
        assertThat(circuit.metrics().overdue()).isOne();

        quiet.countDown();
        while (circuit.metrics().overdue() > 0) {
            Thread.onSpinWait();
        }
        time.advanceTimeBy(TEN_SECONDS.multipliedBy(4));
        thought.countDown();

        assertThat(call.join()).isEqualTo("a");
        assertThat(server.calls()).isOne();
    }

    @Test
    void aHeadWithoutBodyIsNone() {
        server.always(exchange -> {
            exchange.streamHead();
            exchange.awaitClientClose();
        });
        CompletableFuture<String> call =
                Completion.from(provider.stream("hello")).map(Completion::text).toFuture();
        server.call(1);
        while (!call.isDone()) {
            time.advanceTimeBy(Duration.ofSeconds(1));
            Thread.onSpinWait();
        }
        assertThatThrownBy(call::join).hasMessageContaining("no response within 20 s (firstTokenTimeout)");
        server.awaitClientClosed(1);
    }
}
