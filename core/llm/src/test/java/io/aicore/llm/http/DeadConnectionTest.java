package io.aicore.llm.http;

import static io.aicore.llm.http.Situations.DATA;
import static io.aicore.llm.http.Situations.PATIENCE;
import static io.aicore.llm.http.Situations.chat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.aicore.llm.SharedTime;
import io.aicore.llm.codec.wire.WireRequest;
import io.aicore.llm.codec.wire.WireResponse;
import io.aicore.llm.error.ErrorCategory;
import io.aicore.llm.error.LlmException;
import io.aicore.llm.error.LlmTimeoutException;
import io.aicore.llm.error.Phase;
import io.aicore.testserver.FaultServer;
import io.aicore.testserver.Script;
import io.aicore.testserver.Scripts;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A kept connection that turns out to be dead costs no attempt; whatever else breaks is not sent twice. */
class DeadConnectionTest {

    private final SharedTime time = new SharedTime();
    private final FaultServer server = FaultServer.start();
    private final HttpTransport transport = HttpTransport.create(
            "acme", server.url(), HttpSettings.defaults().maxConnections(1).maxPending(1), time);
    private final AtomicInteger made = new AtomicInteger();
    private final AtomicInteger resent = new AtomicInteger();

    @AfterEach
    void close() {
        transport.dispose();
        server.close();
    }

    /** A connection that has served a call and is kept. */
    private void keptConnection() {
        server.then(Scripts.json(200, "kept"));
        assertThat(plain()).isEqualTo("kept");
        made.set(0);
    }

    private Mono<WireRequest> request() {
        return Mono.fromSupplier(() -> {
            Map<String, String> signed = Map.of("x-signature", "number " + made.incrementAndGet());
            return WireRequest.post("/chat", signed, chat().body());
        });
    }

    private String plain() {
        return transport
                .send(request(), Timeouts.defaults(), resent::incrementAndGet)
                .map(WireResponse::text)
                .block(PATIENCE);
    }

    private Flux<String> stream() {
        return transport.stream(
                request(),
                Timeouts.defaults(),
                StreamWaits.of(Timeouts.defaults().stream(false)),
                resent::incrementAndGet,
                DATA);
    }

    private LlmException failure() {
        return catchThrowableOfType(LlmException.class, this::plain);
    }

    static Stream<Script> ends() {
        return Stream.of(Scripts.reset(), Scripts.close());
    }

    @ParameterizedTest
    @MethodSource("ends")
    void theRequestGoesOutOnceMoreOnANewConnectionMadeAnew(Script end) {
        keptConnection();
        server.then(end).then(Scripts.json(200, "after all"));
        assertThat(plain()).isEqualTo("after all");
        assertThat(resent).hasValue(1);
        assertThat(server.call(2).header("x-signature")).isEqualTo("number 1");
        assertThat(server.call(3).header("x-signature")).isEqualTo("number 2");
        assertThat(server.call(3).body()).isEqualTo(server.call(2).body());
        assertThat(server.call(2).connection()).isEqualTo(1);
        assertThat(server.call(3).connection()).isEqualTo(2);
    }

    @ParameterizedTest
    @MethodSource("ends")
    void soDoesThatOfAStream(Script end) {
        keptConnection();
        server.then(end).then(Scripts.events("one", "two"));
        assertThat(stream().collectList().block(PATIENCE)).containsExactly("one", "two");
        assertThat(resent).hasValue(1);
    }

    @Test
    void onceAndNotTwice() {
        keptConnection();
        server.always(Scripts.reset());
        LlmException failure = failure();
        assertThat(failure.category()).isEqualTo(ErrorCategory.CONNECTION);
        assertThat(failure.details().phase()).isEqualTo(Phase.FIRST_BYTE);
        assertThat(failure.retryable()).isTrue();
        assertThat(server.calls()).isEqualTo(3);
        assertThat(resent).hasValue(1);
    }

    @ParameterizedTest
    @MethodSource("ends")
    void aNewConnectionThatBreaksIsAFailure(Script end) {
        server.then(end);
        assertThat(failure().category()).isEqualTo(ErrorCategory.CONNECTION);
        assertThat(server.calls()).isEqualTo(1);
        assertThat(resent).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"H", "HTTP/1.1 200 OK\r\ncontent-le", "HTTP/1.1 103 Early Hints\r\n\r\n"})
    void notOnceAByteOfAnAnswerHasCome(String bytes) {
        keptConnection();
        server.then(exchange -> {
            exchange.write(bytes);
            exchange.close();
        });
        failure();
        assertThat(server.calls()).isEqualTo(2);
        assertThat(resent).hasValue(0);
    }

    @Test
    void notWithinTheBody() {
        keptConnection();
        server.then(Scripts.truncated(200, "{"));
        assertThat(failure().details().phase()).isEqualTo(Phase.BODY);
        assertThat(server.calls()).isEqualTo(2);
        assertThat(resent).hasValue(0);
    }

    /** That it is no longer then is ExchangeTimersTest's to show: here the server may be quicker than the note that it was written. */
    @Test
    void withinASecondAfterItWasWritten() {
        keptConnection();
        CountDownLatch written = new CountDownLatch(1);
        server.then(exchange -> {
            written.await();
            exchange.close();
        });
        server.always(Scripts.json(200, "after all"));
        CompletableFuture<WireResponse> call = transport
                .send(request(), Timeouts.defaults(), resent::incrementAndGet)
                .toFuture();
        server.call(2);
        time.advanceTimeBy(Duration.ofSeconds(1));
        written.countDown();
        call.handle((answer, error) -> answer).orTimeout(3, TimeUnit.MINUTES).join();
        assertThat(resent).hasValue(1);
        assertThat(server.calls()).isEqualTo(3);
    }

    @Test
    void aTimeoutOfOursIsNoDeadConnection() {
        keptConnection();
        server.always(Scripts.silence());
        CompletableFuture<Throwable> failure = transport
                .send(request(), Timeouts.defaults().attempt(Duration.ofMillis(500)), resent::incrementAndGet)
                .handle((answer, sink) -> {})
                .cast(Throwable.class)
                .onErrorResume(Mono::just)
                .toFuture();
        server.call(2);
        time.advanceTimeBy(Duration.ofMillis(500));
        assertThat(failure.orTimeout(3, TimeUnit.MINUTES).join()).isInstanceOf(LlmTimeoutException.class);
        server.awaitClientClosed(1);
        assertThat(server.calls()).isEqualTo(2);
        assertThat(resent).hasValue(0);
    }

    @Test
    void theSecondSendingIsHeldToTheSameAttemptTimeout() {
        keptConnection();
        CountDownLatch late = new CountDownLatch(1);
        server.then(exchange -> {
            late.await();
            exchange.reset();
        });
        server.always(Scripts.silence());
        CompletableFuture<Throwable> failure = transport
                .send(request(), Timeouts.defaults().attempt(Duration.ofMillis(1_500)), resent::incrementAndGet)
                .handle((answer, sink) -> {})
                .cast(Throwable.class)
                .onErrorResume(Mono::just)
                .toFuture();
        server.call(2);
        time.advanceTimeBy(Duration.ofMillis(900));
        late.countDown();
        server.call(3);
        time.advanceTimeBy(Duration.ofMillis(600));
        assertThat(failure.orTimeout(3, TimeUnit.MINUTES).join()).isInstanceOf(LlmTimeoutException.class);
        server.awaitClientClosed(2);
    }

    @Test
    void cancellingTheSecondSendingClosesItsConnection() {
        keptConnection();
        server.then(Scripts.reset()).always(Scripts.silence());
        var call = stream().subscribe();
        server.call(3);
        call.dispose();
        server.awaitClientClosed(2);
        assertThat(server.calls()).isEqualTo(3);
    }

    @Test
    void aClosedClientSendsNothingAgain() {
        keptConnection();
        CountDownLatch closed = new CountDownLatch(1);
        server.then(exchange -> {
            closed.await();
            exchange.close();
        });
        CompletableFuture<WireResponse> call = transport
                .send(request(), Timeouts.defaults(), resent::incrementAndGet)
                .toFuture();
        server.call(2);
        transport.dispose();
        closed.countDown();
        assertThat(call.handle((answer, error) -> error)
                        .orTimeout(3, TimeUnit.MINUTES)
                        .join())
                .isInstanceOf(LlmException.class);
        assertThat(server.calls()).isEqualTo(2);
    }

    /** Its place among the calls in flight is kept: the call that waits for it comes after the second sending. */
    @Test
    void theCallKeepsItsPlace() {
        keptConnection();
        CountDownLatch waiting = new CountDownLatch(1);
        server.then(exchange -> {
            waiting.await();
            exchange.reset();
        });
        server.then(Scripts.json(200, "first")).then(Scripts.json(200, "second"));
        var first = transport
                .send(request(), Timeouts.defaults(), resent::incrementAndGet)
                .toFuture();
        server.call(2);
        var second = transport.send(chat(), Timeouts.defaults()).toFuture();
        waiting.countDown();
        assertThat(first.orTimeout(3, TimeUnit.MINUTES).join().text()).isEqualTo("first");
        assertThat(second.orTimeout(3, TimeUnit.MINUTES).join().text()).isEqualTo("second");
    }
}
