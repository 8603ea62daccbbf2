package io.aicore.llm;

import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.Provenance;
import io.aicore.llm.observe.CallEnd;
import io.aicore.llm.observe.CallObservation;
import io.aicore.llm.observe.CallOutcome;
import io.aicore.llm.observe.ResponseHead;
import io.aicore.retry.RetryEvent;
import io.aicore.testserver.FaultServer;
import io.aicore.testserver.Script;
import io.aicore.testserver.Scripts;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which request was answered, over real sockets: the provider's id of it, for its support. */
class ResponseHeadTest {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final FaultServer server = FaultServer.start();
    private final CompletableFuture<CallEnd> end = new CompletableFuture<>();
    private final LlmProvider provider = WireProvider.create(
            LlmConfig.builder()
                    .provider("line")
                    .model("m")
                    .retrySettings(retry -> retry.maxRetries(1).initialDelay(Duration.ofMillis(1)))
                    .observer((start, context) -> new Last())
                    .build(),
            "line",
            server.url("/v1"),
            new LineCodec());

    private final class Last implements CallObservation {
        @Override
        public void onEvent(RetryEvent event) {}

        @Override
        public void ended(CallEnd how) {
            end.complete(how);
        }
    }

    @AfterEach
    void close() {
        provider.dispose();
        server.close();
    }

    private CallEnd end() throws Exception {
        return end.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    private static Script tokens(String id, String... data) {
        return exchange -> {
            exchange.streamHead("x-request-id: " + id);
            for (String one : data) {
                exchange.event(one);
            }
            exchange.lastChunk();
        };
    }

    @Test
    void anAnswerTellsTheRequestItAnswers() throws Exception {
        server.then(Scripts.json(503, "", "x-request-id: req-1")).then(Scripts.json(200, "hi", "x-request-id: req-2"));

        Completion answer = provider.complete("hello").block(PATIENCE);

        assertThat(Objects.requireNonNull(answer).provenance())
                .extracting(Provenance::requestId)
                .isEqualTo("req-2");
        assertThat(end().response()).isEqualTo(new ResponseHead(200, "req-2"));
    }

    @Test
    void aStreamTellsTheRequestItAnswers() throws Exception {
        server.then(tokens("req-7", "one", "END"));

        Completion answer = Completion.from(provider.stream("hello")).block(PATIENCE);

        assertThat(Objects.requireNonNull(answer).provenance())
                .extracting(Provenance::requestId)
                .isEqualTo("req-7");
        assertThat(end().response()).isEqualTo(new ResponseHead(200, "req-7"));
    }

    @Test
    void aProviderThatGivesNoIdHasAStatus() throws Exception {
        server.then(Scripts.json(200, "hi"));

        Completion answer = provider.complete("hello").block(PATIENCE);

        assertThat(Objects.requireNonNull(answer).provenance())
                .extracting(Provenance::requestId)
                .isNull();
        assertThat(end().response()).isEqualTo(new ResponseHead(200, null));
    }

    @Test
    void whoLeavesAStreamLeavesARequestThatCanBeAskedFor() throws Exception {
        server.then(exchange -> {
            exchange.streamHead("x-request-id: req-9");
            exchange.event("one");
            exchange.awaitClientClose();
        });

        provider.stream("hello").blockFirst(PATIENCE);

        assertThat(end().outcome()).isEqualTo(CallOutcome.CANCELLED);
        assertThat(end().response()).isEqualTo(new ResponseHead(200, "req-9"));
    }

    @Test
    void anAttemptWithoutAResponseIsNotTakenForTheOneBefore() throws Exception {
        server.then(Scripts.json(503, "", "x-request-id: req-1")).always(Scripts.reset());

        provider.complete("hello").onErrorComplete().block(PATIENCE);

        assertThat(end().outcome()).isEqualTo(CallOutcome.ERROR);
        assertThat(end().response()).isNull();
    }
}
