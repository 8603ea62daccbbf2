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
import io.aicore.testserver.Exchange;
import io.aicore.testserver.FaultServer;
import io.aicore.testserver.Script;
import io.aicore.testserver.Scripts;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An answer that is no success is known by its status, whatever becomes of its body, its request and its connection. */
class RefusalTest {

    private static final int LIMIT = 1_000;
    private static final WireRequest LARGE = WireRequest.post("/chat", Map.of(), new byte[16 << 20]);

    private final FaultServer server = FaultServer.start();
    private final HttpTransport transport = HttpTransport.create(
            "acme", server.url(), HttpSettings.defaults().maxConnections(1).maxResponseBytes(LIMIT));

    @AfterEach
    void close() {
        transport.dispose();
        server.close();
    }

    private WireResponse answer(WireRequest request) {
        return Objects.requireNonNull(
                transport.send(request, Timeouts.defaults()).block(PATIENCE));
    }

    static Stream<Arguments> early() {
        return Stream.of(
                Arguments.of(413, false),
                Arguments.of(413, true),
                Arguments.of(401, false),
                Arguments.of(401, true),
                Arguments.of(503, false),
                Arguments.of(503, true));
    }

    @ParameterizedTest
    @MethodSource("early")
    void thatComesWhileTheRequestIsBeingSentIsTheAnswerThoughTheConnectionBreaks(int status, boolean reset) {
        for (int i = 0; i < 10; i++) {
            server.then(Scripts.beforeTheBody(exchange -> {
                exchange.answer(status, "application/json", "no");
                end(exchange, reset);
            }));
            WireResponse answer = answer(LARGE);
            assertThat(answer.status()).isEqualTo(status);
            assertThat(answer.text()).isEqualTo("no");
        }
    }

    private static void end(Exchange exchange, boolean reset) throws IOException {
        if (reset) {
            exchange.reset();
        } else {
            exchange.close();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {302, 400, 401, 404, 413, 429, 500, 503, 529})
    void whoseBodyIsCutIsStillTheAnswer(int status) {
        server.then(Scripts.truncated(status, "half of it"));
        WireResponse answer = answer(chat());
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.text()).isEqualTo("half of it");
        server.then(Scripts.truncated(status, "half"));
        assertThat(transport.stream(chat(), Timeouts.defaults(), DATA).blockLast(PATIENCE))
                .isEqualTo("whole " + status + " half");
    }

    @Test
    void anAnswerThatIsCutIsMalformed() {
        server.then(Scripts.truncated(200, "{"));
        LlmException failure = catchThrowableOfType(LlmException.class, () -> answer(chat()));
        assertThat(failure.category()).isEqualTo(ErrorCategory.MALFORMED_RESPONSE);
    }

    static Stream<Script> large() {
        String body = "x".repeat(LIMIT);
        return Stream.of(Scripts.json(500, body + "y"), exchange -> {
            exchange.head(500, "transfer-encoding: chunked");
            exchange.chunk(body.getBytes(StandardCharsets.US_ASCII));
            exchange.writeUntilStalled("1\r\ny\r\n".getBytes(StandardCharsets.US_ASCII), 100_000);
        });
    }

    @ParameterizedTest
    @MethodSource("large")
    void whoseBodyIsOverTheLimitKeepsItsStatus(Script large) {
        server.then(large).then(large);
        WireResponse answer = answer(chat());
        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.text()).hasSizeLessThanOrEqualTo(LIMIT).startsWith("xxx");
        server.awaitClientClosed(1);
        assertThat(transport.stream(chat(), Timeouts.defaults(), DATA).blockLast(PATIENCE))
                .startsWith("whole 500 xxx");
    }

    @Test
    void whoseBodyIsAsLargeAsTheLimitIsWholeAndKeepsItsConnection() {
        server.always(Scripts.json(500, "x".repeat(LIMIT)));
        assertThat(answer(chat()).text()).hasSize(LIMIT);
        assertThat(answer(chat()).text()).hasSize(LIMIT);
        assertThat(server.connections()).isEqualTo(1);
    }

    @Test
    void whoseCompressedBodyIsOverTheLimitOrBrokenKeepsItsStatus() throws IOException {
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bomb)) {
            gzip.write(new byte[LIMIT + 1]);
        }
        for (byte[] body : new byte[][] {bomb.toByteArray(), {1, 2, 3}}) {
            server.then(exchange -> exchange.answer(500, "application/json", body, "content-encoding: gzip"));
            assertThat(answer(chat()).status()).isEqualTo(500);
        }
    }
}
