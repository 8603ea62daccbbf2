package io.aicore.llm.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.testserver.FaultServer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

/** Demand reaches the socket: what the caller does not ask for stays with the server. */
class BackpressureTest {

    private static final int EVENTS = 7_000;
    private static final byte[] EVENT = ("data: " + "x".repeat(9_992) + "\n\n").getBytes(StandardCharsets.US_ASCII);

    /** What the sockets' buffers of both sides take on Linux, and much less than what is offered. */
    private static final long MOST_TAKEN = 20_000_000;

    private final FaultServer server = FaultServer.start();
    private final HttpTransport transport = Situations.transport(server.url());
    private final CompletableFuture<Long> taken = new CompletableFuture<>();

    @AfterEach
    void close() {
        transport.dispose();
        server.close();
    }

    /** Offers 70 MB, notes how much was taken when the client stopped reading, and then offers the rest. */
    private void offersSeventyMegabytes() {
        server.then(exchange -> {
            exchange.head(200, "content-type: text/event-stream", "connection: close");
            long first = exchange.writeUntilStalled(EVENT, EVENTS);
            taken.complete(first);
            exchange.finishPiece();
            for (long sent = (first + EVENT.length - 1) / EVENT.length; sent < EVENTS; sent++) {
                exchange.write(EVENT);
            }
            exchange.close();
        });
    }

    private void stoppedByTcp() {
        assertThat(taken.orTimeout(3, TimeUnit.MINUTES).join()).isLessThan(MOST_TAKEN);
    }

    @Test
    void aCallerWhoAsksForOneEventStopsTheServerAndGetsTheRestWhenHeAsks() {
        offersSeventyMegabytes();
        StepVerifier.create(Situations.data(transport), 1)
                .expectNextCount(1)
                .then(this::stoppedByTcp)
                .thenRequest(Long.MAX_VALUE)
                .expectNextCount(EVENTS - 1)
                .expectComplete()
                .verify(Situations.PATIENCE);
    }

    @Test
    void cancellingAStoppedStreamClosesTheConnection() {
        offersSeventyMegabytes();
        StepVerifier.create(Situations.data(transport), 1)
                .expectNextCount(1)
                .then(this::stoppedByTcp)
                .thenCancel()
                .verify(Situations.PATIENCE);
        server.awaitClientClosed(1);
    }
}
