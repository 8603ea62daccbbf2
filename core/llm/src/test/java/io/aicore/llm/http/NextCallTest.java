package io.aicore.llm.http;

import static io.aicore.llm.http.Situations.DATA;
import static io.aicore.llm.http.Situations.PATIENCE;
import static io.aicore.llm.http.Situations.chat;
import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.llm.codec.wire.WireResponse;
import io.aicore.testserver.FaultServer;
import io.aicore.testserver.Script;
import io.aicore.testserver.Scripts;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.reactivestreams.Subscription;
import reactor.core.Disposable;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Mono;

/** A call that begins as soon as another has its answer finds the connection free. */
class NextCallTest {

    // As many calls as these tests have at once; none may queue.
    private static final int ROOM = 1;

    private final FaultServer server = FaultServer.start();
    private final HttpTransport transport = HttpTransport.create(
            "acme", server.url(), HttpSettings.defaults().maxConnections(ROOM).maxPending(0));

    @AfterEach
    void close() {
        transport.dispose();
        server.close();
    }

    private Mono<WireResponse> plain() {
        return transport.send(chat(), Timeouts.defaults());
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    static List<Script> answers() throws IOException {
        byte[] encoded = gzip("{\"a\":1}");
        return List.of(
                Scripts.json(200, "{\"a\":1}"),
                Scripts.json(200, ""),
                Scripts.json(429, "{\"error\":\"slow down\"}"),
                Scripts.json(503, ""),
                exchange -> exchange.answer(200, "application/json", encoded, "content-encoding: gzip"),
                exchange -> exchange.answer(400, "application/json", encoded, "content-encoding: gzip"),
                Scripts.events("one", "two"));
    }

    @ParameterizedTest
    @MethodSource("answers")
    void afterAPlainAnswer(Script answer) {
        server.then(answer).then(Scripts.json(200, "next"));
        assertThat(plain().flatMap(first -> plain()).map(WireResponse::text).block(PATIENCE))
                .isEqualTo("next");
        assertThat(server.connections()).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("answers")
    void afterAStream(Script answer) {
        server.then(answer).then(Scripts.json(200, "next"));
        String next = transport.stream(chat(), Timeouts.defaults(), DATA)
                .then(plain())
                .map(WireResponse::text)
                .block(PATIENCE);
        assertThat(next).isEqualTo("next");
        assertThat(server.connections()).isEqualTo(1);
    }

    @Test
    void theCancelOfAnEndedCallLeavesItsConnectionToTheNext() throws InterruptedException {
        CountDownLatch cancelled = new CountDownLatch(1);
        server.then(Scripts.json(200, "first"));
        server.then(exchange -> {
            cancelled.await();
            exchange.answer(200, "application/json", "next");
        });
        AtomicReference<Subscription> first = new AtomicReference<>();
        CountDownLatch ended = new CountDownLatch(1);
        plain().subscribe(new BaseSubscriber<>() {
            @Override
            protected void hookOnSubscribe(Subscription subscription) {
                first.set(subscription);
                subscription.request(1);
            }

            @Override
            protected void hookOnComplete() {
                ended.countDown();
            }
        });
        assertThat(ended.await(3, TimeUnit.MINUTES)).isTrue();
        var next = plain().toFuture();
        server.call(2);
        first.get().cancel();
        cancelled.countDown();
        assertThat(next.orTimeout(3, TimeUnit.MINUTES).join().text()).isEqualTo("next");
        assertThat(server.connections()).isEqualTo(1);
    }

    @Test
    void aCallThatIsCancelledFromElsewhereClosesItsConnection() {
        server.then(Scripts.eventsThenSilence("one"));
        CountDownLatch begun = new CountDownLatch(1);
        Disposable call = transport.stream(chat(), Timeouts.defaults(), DATA).subscribe(event -> begun.countDown());
        server.call(1);
        call.dispose();
        server.awaitClientClosed(1);
    }
}
