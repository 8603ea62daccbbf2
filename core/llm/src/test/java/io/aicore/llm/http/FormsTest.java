package io.aicore.llm.http;

import static io.aicore.llm.http.Situations.PATIENCE;
import static io.aicore.llm.http.Situations.chat;
import static io.aicore.llm.http.Situations.transport;
import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.llm.codec.wire.StreamFormat;
import io.aicore.llm.codec.wire.WireResponse;
import io.aicore.llm.error.LlmException;
import io.aicore.testserver.FaultServer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

/** The first bytes of a body decide what it is, however they are cut, and whatever its content type says. */
class FormsTest {

    private final FaultServer server = FaultServer.start();
    private HttpTransport transport = transport(server.url());

    @AfterEach
    void close() {
        transport.dispose();
        server.close();
    }

    private record Told(StreamFormat format) implements StreamReader<String> {
        @Override
        public List<String> response(WireResponse whole) {
            return Situations.DATA.response(whole);
        }

        @Override
        public EventReader<String> events(WireResponse head) {
            return Situations.DATA.events(head);
        }
    }

    private List<String> read(StreamFormat format, String type, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        server.then(exchange -> exchange.answer(200, type, bytes)).then(exchange -> {
            exchange.head(200, "content-type: " + type, "content-length: " + bytes.length);
            exchange.drip(bytes);
        });
        Flux<String> call = transport.stream(chat(), Timeouts.defaults(), new Told(format));
        List<String> whole = call.collectList().block(PATIENCE);
        assertThat(call.collectList().block(PATIENCE)).isEqualTo(whole);
        return whole;
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "text/plain; charset=utf-8", "application/x-ndjson", "text/html"})
    void serverSentEventsAreReadUnderAnyType(String type) {
        String body = "\uFEFF\n: comment\n\ndata: {\"a\":1}\n\ndata: [DONE]\n";
        for (StreamFormat format : List.of(StreamFormat.serverSentEvents(), StreamFormat.jsonLines())) {
            assertThat(read(format, type, body)).containsExactly("{\"a\":1}", "[DONE]");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "text/event-stream", "text/plain", "application/x-ndjson"})
    void jsonLinesAreReadUnderAnyType(String type) {
        String body = "\n{\"a\":1}\n{\"b\":2}{\"c\":3}\n";
        for (StreamFormat format : List.of(StreamFormat.serverSentEvents(), StreamFormat.jsonLines())) {
            assertThat(read(format, type, body)).containsExactly("{\"a\":1}", "{\"b\":2}", "{\"c\":3}");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "text/event-stream", "text/plain", "application/x-ndjson"})
    void theObjectsOfAnArrayAreReadUnderAnyType(String type) {
        for (StreamFormat format : List.of(StreamFormat.serverSentEvents(), StreamFormat.jsonLines())) {
            assertThat(read(format, type, "\uFEFF [{\"a\":1},\n{\"b\":2}]\n"))
                    .containsExactly("{\"a\":1}", "{\"b\":2}");
            assertThat(read(format, type, "[{\"a\":1},\n{\"b\":")).containsExactly("{\"a\":1}", "[");
            assertThat(read(format, type, "[{\"a\":1}")).containsExactly("{\"a\":1}", "[");
        }
    }

    @Test
    void wordsBehindADocumentAreAnEvent() {
        assertThat(read(StreamFormat.serverSentEvents(), "application/json", "{\"a\":1}\nno capacity"))
                .containsExactly("{\"a\":1}", "no capacity");
    }

    @Test
    void anArrayOfOneObjectIsAWholeAnswer() {
        assertThat(read(StreamFormat.serverSentEvents(), "application/json", "[\n{\"a\":1}\n]"))
                .containsExactly("whole 200 {\"a\":1}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "text/event-stream", "text/plain"})
    void oneDocumentAloneIsAWholeAnswer(String type) {
        assertThat(read(StreamFormat.serverSentEvents(), type, " {\n \"a\": 1\n}\n"))
                .containsExactly("whole 200 {\n \"a\": 1\n}");
        assertThat(read(StreamFormat.serverSentEvents(), type, "{\"a\": ")).containsExactly("whole 200 {\"a\":");
    }

    @Test
    void oneDocumentAloneIsAStreamWhereItsTypeSaysLines() {
        String line = "{\"a\":1}";
        assertThat(read(StreamFormat.jsonLines(), "application/x-ndjson", line)).containsExactly(line);
        assertThat(read(StreamFormat.jsonLines(), "application/json", line)).containsExactly("whole 200 " + line);
    }

    @Test
    void aDocumentAndItsTerminatorAreAStream() {
        assertThat(read(StreamFormat.serverSentEvents(), "application/json", "{\"a\":1}\n[DONE]"))
                .containsExactly("{\"a\":1}", "[DONE]");
    }

    @ParameterizedTest
    @CsvSource({"text/plain,<html>", "application/json,dat", "text/html,no capacity", "application/json,''"})
    void whatIsNeitherIsWhatItsTypeSays(String type, String body) {
        assertThat(read(StreamFormat.serverSentEvents(), type, body)).containsExactly("whole 200 " + body);
        assertThat(read(StreamFormat.serverSentEvents(), "text/event-stream", body))
                .isEmpty();
    }

    @Test
    void wordsAmongJsonLinesAreAnEvent() {
        assertThat(read(StreamFormat.jsonLines(), "application/x-ndjson", "no capacity\n{}"))
                .containsExactly("no capacity", "{}");
    }

    @Test
    void theLimitsHoldForEveryForm() {
        HttpSettings settings = HttpSettings.defaults().maxLineBytes(50).maxResponseBytes(100);
        transport = HttpTransport.create("acme", server.url(), settings);
        String long70 = "{\"a\":\"" + "x".repeat(62) + "\"}";
        assertThat(read(StreamFormat.serverSentEvents(), "text/event-stream", long70))
                .containsExactly("whole 200 " + long70);
        for (String body : List.of("data: " + long70, "{\"a\":\"" + "x".repeat(100) + "\"}", "<" + "x".repeat(100))) {
            server.then(exchange -> exchange.answer(200, "text/plain", body));
            StepVerifier.create(Situations.data(transport))
                    .expectErrorSatisfies(error -> assertThat(error)
                            .isInstanceOf(LlmException.class)
                            .hasMessageMatching("(?s).*(maxLineBytes|maxResponseBytes).*"))
                    .verify(PATIENCE);
        }
    }
}
