package io.aicore.llm.http;

import static io.aicore.llm.http.Situations.PATIENCE;
import static io.aicore.llm.http.Situations.chat;
import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.llm.error.ErrorCategory;
import io.aicore.llm.error.LlmException;
import io.aicore.llm.error.Phase;
import io.aicore.testserver.FaultServer;
import io.aicore.testserver.Scripts;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.resources.LoopResources;
import reactor.test.StepVerifier;

class PoolTest {

    private static final HttpSettings ONE = HttpSettings.defaults().maxConnections(1);

    private final Disposable.Composite open = Disposables.composite();

    @AfterEach
    void close() {
        open.dispose();
    }

    private FaultServer faultServer() {
        FaultServer server = FaultServer.start();
        open.add(server::close);
        return server;
    }

    private HttpTransport transport(URI url, HttpSettings settings) {
        HttpTransport transport = HttpTransport.create("acme", url, settings);
        open.add(transport);
        return transport;
    }

    /** Answers nobody before so many calls are in flight together. */
    private URI serverThatWaitsFor(int calls) {
        AtomicInteger arrived = new AtomicInteger();
        Sinks.Empty<Void> all = Sinks.empty();
        LoopResources loops = LoopResources.create("test-server", 1, true);
        DisposableServer server = HttpServer.create()
                .runOn(loops)
                .bindAddress(() -> new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .handle((request, response) -> {
                    if (arrived.incrementAndGet() == calls) {
                        all.tryEmitEmpty();
                    }
                    return response.header("content-type", "application/json")
                            .sendString(all.asMono().then(Mono.just("{}")));
                })
                .bindNow();
        open.add(server);
        open.add(loops);
        return URI.create("http://127.0.0.1:" + server.port());
    }

    @Test
    void twoThousandCallsAtOnceAllSucceedWithTheDefaults() {
        HttpTransport transport = transport(serverThatWaitsFor(2_000), HttpSettings.defaults());
        Long succeeded = Flux.range(0, 2_000)
                .flatMap(i -> transport.send(chat(), Timeouts.defaults()), 2_000)
                .filter(answer -> answer.status() == 200)
                .count()
                .block(PATIENCE);
        assertThat(succeeded).isEqualTo(2_000);
    }

    @Test
    void twoHundredAndFiftySixCallsInFlightTogetherNeedAtMostSixteenThreads() {
        HttpTransport transport = transport(serverThatWaitsFor(256), HttpSettings.defaults());
        Set<String> threads = ConcurrentHashMap.newKeySet();
        Long succeeded = Flux.range(0, 256)
                .flatMap(
                        i -> transport
                                .send(chat(), Timeouts.defaults())
                                .doOnNext(answer ->
                                        threads.add(Thread.currentThread().getName())),
                        256)
                .count()
                .block(PATIENCE);
        assertThat(succeeded).isEqualTo(256);
        assertThat(threads).allMatch(name -> name.startsWith("reactor-http-")).hasSizeLessThanOrEqualTo(16);
    }

    @Test
    void aCallThatFindsConnectionsAndQueueFullIsRejectedAtOnce() {
        FaultServer server = faultServer();
        server.always(Scripts.silence());
        HttpTransport transport = transport(server.url(), ONE.maxPending(1));
        open.add(transport.send(chat(), Timeouts.defaults()).subscribe());
        server.call(1);
        open.add(transport.send(chat(), Timeouts.defaults()).subscribe(answer -> {}, error -> {}));
        StepVerifier.create(transport.send(chat(), Timeouts.defaults()))
                .expectErrorSatisfies(error -> assertThat(rejected(error))
                        .hasMessageContaining("all 1 connections are in use and 1 calls are waiting")
                        .hasMessageContaining("(maxConnections, maxPending)"))
                .verify(PATIENCE);
        assertThat(server.calls()).isEqualTo(1);
    }

    @Test
    void withoutAQueueTheNextCallIsRejectedAtOnce() {
        FaultServer server = faultServer();
        server.always(Scripts.silence());
        HttpTransport transport = transport(server.url(), ONE.maxPending(0));
        open.add(transport.send(chat(), Timeouts.defaults()).subscribe());
        server.call(1);
        StepVerifier.create(transport.send(chat(), Timeouts.defaults()))
                .expectErrorSatisfies(PoolTest::rejected)
                .verify(PATIENCE);
    }

    @Test
    void aCallThatWaitsTooLongForAConnectionIsRejectedAndNotBlamedOnTheProvider() {
        FaultServer server = faultServer();
        server.always(Scripts.silence());
        HttpTransport transport = transport(server.url(), ONE.pendingTimeout(Duration.ofMillis(150)));
        open.add(transport.send(chat(), Timeouts.defaults()).subscribe());
        server.call(1);
        // Its connect timeout is shorter, and does not count while the pool is full.
        StepVerifier.create(transport.send(chat(), Timeouts.defaults().connect(Duration.ofMillis(20))))
                .expectErrorSatisfies(error -> assertThat(rejected(error))
                        .hasMessageContaining("none of 1 connections became free within 0.15 s"))
                .verify(PATIENCE);
    }

    private static LlmException rejected(Throwable error) {
        assertThat(error).isInstanceOfSatisfying(LlmException.class, failure -> {
            assertThat(failure.category()).isEqualTo(ErrorCategory.REJECTED);
            assertThat(failure.details().phase()).isEqualTo(Phase.ADMISSION);
            assertThat(failure.retryable()).isFalse();
        });
        return (LlmException) error;
    }

    @Test
    void aCallThatWaitsGetsTheConnectionOfOneThatEnds() {
        FaultServer server = faultServer();
        CountDownLatch release = new CountDownLatch(1);
        server.then(exchange -> {
            release.await();
            exchange.answer(200, "application/json", "1");
        });
        server.then(Scripts.json(200, "2"));
        HttpTransport transport = transport(server.url(), ONE);
        var first = transport.send(chat(), Timeouts.defaults()).toFuture();
        server.call(1);
        var second = transport.send(chat(), Timeouts.defaults()).toFuture();
        release.countDown();
        assertThat(first.orTimeout(3, TimeUnit.MINUTES).join().text()).isEqualTo("1");
        assertThat(second.orTimeout(3, TimeUnit.MINUTES).join().text()).isEqualTo("2");
        assertThat(server.connections()).isEqualTo(1);
    }

    @Test
    void aCallThatIsCancelledWhileItWaitsLeavesItsPlaceAtOnce() {
        FaultServer server = faultServer();
        server.always(Scripts.silence());
        HttpTransport transport = transport(server.url(), ONE.maxPending(1));
        Disposable first = transport.send(chat(), Timeouts.defaults()).subscribe();
        server.call(1);
        transport.send(chat(), Timeouts.defaults()).subscribe().dispose();
        Disposable third = transport.send(chat(), Timeouts.defaults()).subscribe();
        first.dispose();
        assertThat(server.call(2).connection()).isEqualTo(2);
        third.dispose();
        server.awaitClientClosed(2);
    }

    @Test
    void differentTimeoutsShareOnePool() {
        FaultServer server = faultServer();
        server.always(Scripts.json(200, "{}"));
        HttpTransport transport = transport(server.url(), ONE);
        for (int seconds = 1; seconds <= 5; seconds++) {
            transport
                    .send(chat(), Timeouts.defaults().connect(Duration.ofSeconds(seconds)))
                    .block(PATIENCE);
            transport.stream(chat(), Timeouts.defaults().connect(Duration.ofSeconds(seconds)), Situations.DATA)
                    .blockLast(PATIENCE);
        }
        assertThat(server.connections()).isEqualTo(1);
    }
}
