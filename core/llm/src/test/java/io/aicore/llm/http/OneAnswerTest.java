package io.aicore.llm.http;

import static io.aicore.llm.http.Situations.DATA;
import static io.aicore.llm.http.Situations.PATIENCE;
import static io.aicore.llm.http.Situations.chat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.aicore.llm.codec.wire.WireRequest;
import io.aicore.llm.codec.wire.WireResponse;
import io.aicore.llm.error.ErrorCategory;
import io.aicore.llm.error.LlmException;
import io.aicore.testserver.FaultServer;
import io.aicore.testserver.Script;
import io.aicore.testserver.Scripts;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A call gets its own answer, whatever else comes on its connection: never one of another call's. */
class OneAnswerTest {

    private static final String EARLY_HINTS = "HTTP/1.1 103 Early Hints\r\nLink: </x>; rel=preload\r\n\r\n";
    private static final String OK = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n";

    private final FaultServer server = FaultServer.start();
    private final HttpTransport transport =
            HttpTransport.create("acme", server.url(), HttpSettings.defaults().maxConnections(1));

    @AfterEach
    void close() {
        transport.dispose();
        server.close();
    }

    private String plain() {
        return transport
                .send(chat(), Timeouts.defaults())
                .map(WireResponse::text)
                .block(PATIENCE);
    }

    private List<String> streamed() {
        return transport.stream(chat(), Timeouts.defaults(), DATA).collectList().block(PATIENCE);
    }

    private static String whole(String body) {
        return OK + "content-length: " + body.length() + "\r\n\r\n" + body;
    }

    private static String event(String data) {
        String event = "data: " + data + "\n\n";
        return "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ncontent-length: " + event.length() + "\r\n\r\n"
                + event;
    }

    private static Script raw(String... pieces) {
        return exchange -> {
            for (String piece : pieces) {
                exchange.write(piece);
            }
        };
    }

    private static Script drip(String bytes) {
        return exchange -> exchange.drip(bytes.getBytes(StandardCharsets.US_ASCII));
    }

    static Stream<Arguments> interim() {
        return Stream.of(
                Arguments.of("early hints", EARLY_HINTS),
                Arguments.of("processing", "HTTP/1.1 102 Processing\r\n\r\n"),
                Arguments.of("a continue nobody asked for", "HTTP/1.1 100 Continue\r\n\r\n"),
                Arguments.of("one without a name", "HTTP/1.1 199\r\n\r\n"),
                Arguments.of("one that says it is empty", "HTTP/1.1 103 Early Hints\r\nContent-Length: 0\r\n\r\n"),
                Arguments.of("several", EARLY_HINTS.repeat(30) + "HTTP/1.1 102 Processing\r\n\r\n" + EARLY_HINTS));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("interim")
    void anInterimAnswerIsNotTheAnswer(String name, String interim) {
        server.then(raw(interim + whole("1")))
                .then(raw(interim, whole("2")))
                .then(drip(interim + whole("3")))
                .then(raw(interim + event("4")))
                .then(raw(interim, event("5")))
                .then(drip(interim + event("6")))
                .then(Scripts.json(200, "7"));
        assertThat(List.of(plain(), plain(), plain())).containsExactly("1", "2", "3");
        assertThat(streamed()).containsExactly("4");
        assertThat(streamed()).containsExactly("5");
        assertThat(streamed()).containsExactly("6");
        assertThat(plain()).isEqualTo("7");
        assertThat(server.connections()).isEqualTo(1);
    }

    @Test
    void timeBetweenAnInterimAnswerAndTheAnswerIsTheProviders() throws InterruptedException {
        CountDownLatch go = new CountDownLatch(1);
        server.then(exchange -> {
            exchange.write(EARLY_HINTS);
            go.await();
            exchange.write(whole("1"));
        });
        var first = transport.send(chat(), Timeouts.defaults()).toFuture();
        server.call(1);
        assertThat(first).isNotDone();
        go.countDown();
        assertThat(first.join().text()).isEqualTo("1");
    }

    static Stream<Arguments> leftovers() {
        String chunked = OK + "transfer-encoding: chunked\r\n\r\n1\r\n1\r\n0\r\n\r\n";
        return Stream.of(
                Arguments.of("a second answer", whole("1") + whole("evil"), "1"),
                Arguments.of("half a second answer", whole("1") + "HTTP/1.1 200 OK\r\ncont", "1"),
                Arguments.of("one byte", whole("1") + "x", "1"),
                Arguments.of("an empty line", whole("1") + "\r\n", "1"),
                Arguments.of("an interim answer", whole("1") + EARLY_HINTS, "1"),
                Arguments.of("bytes behind the last chunk", chunked + "x", "1"),
                Arguments.of(
                        "an answer behind the trailers",
                        chunked.replace("0\r\n\r\n", "0\r\nx: y\r\n\r\n") + whole("evil"),
                        "1"),
                Arguments.of("a body where there is none", "HTTP/1.1 204 No Content\r\n\r\n" + whole("evil"), ""),
                Arguments.of(
                        "a body of what is not modified",
                        "HTTP/1.1 304 Not Modified\r\ncontent-length: 4\r\n\r\nevil",
                        ""));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("leftovers")
    void whatIsLeftBehindTheAnswerEndsTheConnection(String name, String bytes, String text) {
        server.then(raw(bytes)).always(Scripts.json(200, "next"));
        assertThat(plain()).isEqualTo(text);
        assertThat(plain()).isEqualTo("next");
        server.awaitClientClosed(1);
        assertThat(server.connections()).isEqualTo(2);
    }

    @Test
    void whatIsLeftBehindAStreamEndsTheConnection() {
        server.then(raw(event("1") + event("evil"))).always(raw(event("next")));
        assertThat(streamed()).containsExactly("1");
        assertThat(streamed()).containsExactly("next");
        server.awaitClientClosed(1);
        assertThat(server.connections()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "\r\n", EARLY_HINTS, "HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\nevil", "HTTP/1.1 4"})
    void whatComesUnaskedEndsTheIdleConnection(String bytes) {
        CountDownLatch idle = new CountDownLatch(1);
        server.then(exchange -> {
            exchange.write(whole("1"));
            idle.await();
            exchange.write(bytes);
            exchange.awaitClientClose();
        });
        server.always(Scripts.json(200, "next"));
        assertThat(plain()).isEqualTo("1");
        idle.countDown();
        server.awaitClientClosed(1);
        assertThat(plain()).isEqualTo("next");
        assertThat(server.connections()).isEqualTo(2);
    }

    @Test
    void anAnswerToAHeadHasNoBody() {
        server.then(raw("HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n"))
                .then(raw("HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\nevil"))
                .always(Scripts.json(200, "next"));
        WireRequest head = new WireRequest("HEAD", "/models", Map.of(), new byte[0]);
        for (int i = 0; i < 2; i++) {
            WireResponse answer = transport.send(head, Timeouts.defaults()).block(PATIENCE);
            assertThat(answer).isNotNull().satisfies(it -> assertThat(it.text()).isEmpty());
        }
        assertThat(plain()).isEqualTo("next");
        assertThat(server.connections()).isEqualTo(2);
    }

    @Test
    void anAnswerThatEndsBeforeItsRequestIsSentEndsTheConnection() {
        CountDownLatch answered = new CountDownLatch(1);
        server.then(Scripts.beforeTheBody(exchange -> {
            exchange.write("HTTP/1.1 413 Too Large\r\ncontent-length: 1\r\n\r\n1");
            answered.await();
            exchange.awaitClientClose();
        }));
        server.always(Scripts.json(200, "next"));
        WireRequest large = WireRequest.post("/chat", Map.of(), new byte[32 << 20]);
        WireResponse refusal = transport.send(large, Timeouts.defaults()).block(PATIENCE);
        assertThat(refusal).isNotNull().satisfies(it -> assertThat(it.status()).isEqualTo(413));
        answered.countDown();
        server.awaitClientClosed(1);
        assertThat(plain()).isEqualTo("next");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: upgrade\r\n\r\n",
                "HTTP/1.1 101 Switching Protocols\r\n\r\n",
                "HTTP/1.1 102 Processing\r\ncontent-length: 4\r\n\r\nevil",
                "HTTP/1.1 199 Odd\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n",
                "HTTP/1.1 600 Odd\r\ncontent-length: 4\r\n\r\nevil",
                "HTTP/1.1 999 Odd\r\ncontent-length: 0\r\n\r\n",
                "HTTP/1.1 099 Odd\r\ncontent-length: 0\r\n\r\n"
            })
    void anAnswerWithoutAProperStatusIsMalformedAndItsConnectionNotUsedAgain(String bytes) {
        server.then(raw(bytes)).then(raw(bytes)).always(Scripts.json(200, "next"));
        malformed(catchThrowableOfType(LlmException.class, this::plain));
        server.awaitClientClosed(1);
        malformed(catchThrowableOfType(LlmException.class, this::streamed));
        server.awaitClientClosed(2);
        assertThat(plain()).isEqualTo("next");
    }

    private static void malformed(LlmException failure) {
        assertThat(failure).hasMessageContaining("(expected: 200 to 599)");
        assertThat(failure.category()).isEqualTo(ErrorCategory.MALFORMED_RESPONSE);
        assertThat(failure.retryable()).isFalse();
    }

    @Test
    void theEndAfterAnInterimAnswerIsABrokenConnection() {
        server.then(exchange -> {
            exchange.write(EARLY_HINTS);
            exchange.close();
        });
        LlmException failure = catchThrowableOfType(LlmException.class, this::plain);
        assertThat(failure.category()).isEqualTo(ErrorCategory.CONNECTION);
        assertThat(failure.retryable()).isTrue();
    }

    @Test
    void anAnswerOfHttp10EndsWithItsConnection() {
        server.then(exchange -> {
            exchange.write("HTTP/1.0 200 OK\r\ncontent-type: application/json\r\n\r\n1");
            exchange.close();
        });
        server.then(raw("HTTP/1.0 200 OK\r\ncontent-length: 1\r\n\r\n2"))
                .then(raw("HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 1\r\n\r\n3"))
                .always(Scripts.json(200, "4"));
        assertThat(List.of(plain(), plain(), plain(), plain())).containsExactly("1", "2", "3", "4");
        assertThat(server.connections()).isEqualTo(4);
    }

    @Test
    void anAnswerWithTrailersIsFollowedByTheNext() {
        server.then(raw(OK + "transfer-encoding: chunked\r\n\r\n1\r\n1\r\n0\r\nx-checksum: 7\r\n\r\n"))
                .always(Scripts.json(200, "2"));
        assertThat(List.of(plain(), plain())).containsExactly("1", "2");
        assertThat(server.connections()).isEqualTo(1);
    }
}
