package io.aicore.anthropic;

import static io.aicore.anthropic.Fixtures.START;
import static io.aicore.anthropic.Fixtures.STOP;
import static io.aicore.anthropic.Fixtures.answer;
import static io.aicore.anthropic.Fixtures.error;
import static io.aicore.anthropic.Fixtures.events;
import static io.aicore.anthropic.Fixtures.finish;
import static io.aicore.anthropic.Fixtures.hello;
import static io.aicore.anthropic.Fixtures.text;
import static io.aicore.anthropic.Fixtures.wire;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.aicore.llm.Llm;
import io.aicore.llm.LlmConfig;
import io.aicore.llm.LlmConfigBuilder;
import io.aicore.llm.LlmProvider;
import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.CompletionChunk;
import io.aicore.llm.chat.FinishReason;
import io.aicore.llm.chat.Usage;
import io.aicore.llm.error.AuthenticationException;
import io.aicore.llm.error.ErrorCategory;
import io.aicore.llm.error.IncompleteStreamException;
import io.aicore.llm.error.LlmException;
import io.aicore.llm.testing.FaultServer;
import io.aicore.llm.testing.Script;
import io.aicore.llm.testing.Scripts;
import io.aicore.retry.RetryEvent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

/** The protocol over real sockets, through the whole road. */
class ProviderTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String FINE = answer(text("fine"), "\"end_turn\"");

    private final FaultServer server = FaultServer.start();
    private final LlmProvider provider = Llm.from(config().build());

    private LlmConfigBuilder config() {
        return LlmConfig.builder()
                .provider("anthropic")
                .apiKey("sk-secret-1")
                .model("claude-haiku-4-5")
                .baseUrl(server.url())
                .retrySettings(retry -> retry.maxRetries(2).initialDelay(Duration.ofMillis(1)));
    }

    @AfterEach
    void close() {
        provider.dispose();
        server.close();
    }

    private LlmException failure(Mono<?> call) {
        return catchThrowableOfType(LlmException.class, () -> call.block(PATIENCE));
    }

    /** The first events of a stream, and then silence. */
    private static Script begun(int events) {
        return exchange -> {
            exchange.streamHead();
            exchange.chunk(wire(Arrays.copyOf(hello(), events)).getBytes(StandardCharsets.UTF_8));
            exchange.awaitClientClose();
        };
    }

    @Test
    void answers() {
        // A wait stated on a success is for others: it delays nothing.
        server.then(Scripts.json(200, FINE, "retry-after: 36"));

        Completion completion = provider.complete("hello").block(PATIENCE);

        assertThat(completion.text()).isEqualTo("fine");
        assertThat(completion.provenance().attempts()).isEqualTo(1);
        assertThat(server.call(1).path()).isEqualTo("/v1/messages");
        assertThat(server.call(1).text())
                .isEqualTo("{\"model\":\"claude-haiku-4-5\",\"max_tokens\":4096,"
                        + "\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}");
    }

    @Test
    void aStreamAddsUpToTheAnswer() {
        server.then(events(hello()));

        Completion completion = Completion.from(provider.stream("hello")).block(PATIENCE);

        assertThat(completion.text()).isEqualTo("Hello");
        assertThat(completion.finishReason()).isEqualTo(FinishReason.STOP);
        assertThat(completion.usage()).isEqualTo(new Usage(9, 4, 2, 0, 0));
        assertThat(completion.provenance().attempts()).isEqualTo(1);
        assertThat(server.call(1).header("accept")).isEqualTo("text/event-stream");
    }

    @Test
    void aStreamMayComeByteAfterByte() {
        String[] events = hello();
        events[3] = Fixtures.grow(0, "text_delta", "text", "Grüße, 世界 🌍 ");
        byte[] wire = wire(events).getBytes(StandardCharsets.UTF_8);
        server.then(exchange -> {
            exchange.head(200, "content-type: text/event-stream", "content-length: " + wire.length);
            exchange.drip(wire);
        });

        Completion completion = Completion.from(provider.stream("hello")).block(PATIENCE);

        assertThat(completion.text()).isEqualTo("Grüße, 世界 🌍 lo");
    }

    @Test
    void aPlainAnswerMayComeByteAfterByte() {
        byte[] body = FINE.getBytes(StandardCharsets.UTF_8);
        server.then(exchange -> {
            exchange.head(200, "content-type: application/json", "content-length: " + body.length);
            exchange.drip(body);
        });

        assertThat(provider.complete("hello").block(PATIENCE).text()).isEqualTo("fine");
    }

    @ParameterizedTest
    @CsvSource({
        "400, invalid_request_error, max_tokens: must be a number, INVALID_REQUEST, 1",
        "400, invalid_request_error, prompt is too long: 300 tokens > 200 maximum, CONTEXT_LENGTH, 1",
        "400, invalid_request_error, Your credit balance is too low, BILLING, 1",
        "401, authentication_error, invalid x-api-key, AUTHENTICATION, 1",
        "402, billing_error, no, BILLING, 1",
        "403, permission_error, no, PERMISSION, 1",
        "404, not_found_error, model: claude-x, NOT_FOUND, 1",
        "409, conflict_error, again, CONFLICT, 3",
        "413, request_too_large, no, PAYLOAD_TOO_LARGE, 1",
        "429, rate_limit_error, This would exceed your limit of 50 requests per minute, RATE_LIMITED, 3",
        "500, api_error, Internal server error, SERVER_ERROR, 3",
        "503, cmek_key_unreachable, no, OVERLOADED, 3",
        "504, timeout_error, slow, TIMEOUT, 3",
        "529, overloaded_error, Overloaded, OVERLOADED, 3",
    })
    void everyErrorHasItsKind(int status, String type, String message, ErrorCategory category, int calls) {
        server.always(Scripts.json(status, error(type, message)));

        LlmException failure = failure(provider.complete("hello"));

        assertThat(failure.category()).isEqualTo(category);
        assertThat(failure.status()).isEqualTo(status);
        assertThat(failure.requestId()).isEqualTo("req_9");
        assertThat(server.calls()).isEqualTo(calls);
    }

    @ParameterizedTest
    @CsvSource({
        "enforced_spend_limit_reached, BILLING, false",
        "contract_spend_limit_reached, BILLING, false",
        "ramp_limit_exceeded, RATE_LIMITED, true",
        "of_tomorrow, RATE_LIMITED, true",
    })
    void theCauseBehindA429Decides(String code, ErrorCategory category, boolean retryable) {
        server.always(Scripts.json(
                429,
                "{\"type\":\"error\",\"error\":{\"type\":\"rate_limit_error\",\"message\":\"no\",\"details\":{\"error_code\":\""
                        + code + "\"}}}"));

        LlmException failure = failure(provider.complete("hello"));

        assertThat(failure.category()).isEqualTo(category);
        assertThat(server.calls()).isEqualTo(retryable ? 3 : 1);
    }

    @Test
    void theServersWordOnRetryingWins() {
        server.always(Scripts.json(500, error("api_error", "no"), "x-should-retry: false"));

        assertThat(failure(provider.complete("hello")).retryable()).isFalse();
        assertThat(server.calls()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "retry-after: 600, 600",
        "'anthropic-ratelimit-tokens-remaining: 0;anthropic-ratelimit-tokens-reset: 2026-03-01T12:05:00Z', 300",
    })
    void knowsHowLongTheServerSaysToWait(String headers, int seconds) {
        String[] lines = (headers + ";date: Sun, 01 Mar 2026 12:00:00 GMT;"
                        + "anthropic-ratelimit-requests-remaining: 9;"
                        + "anthropic-ratelimit-requests-reset: 2026-03-01T13:00:00Z")
                .split(";");
        server.always(Scripts.json(429, error("rate_limit_error", "no"), lines));

        assertThat(failure(provider.complete("hello")).retryAfter()).isEqualTo(Duration.ofSeconds(seconds));
    }

    @Test
    void retriesWithTheSameBytes() {
        server.then(Scripts.json(529, error("overloaded_error", "Overloaded")))
                .then(Scripts.json(502, "<html>bad gateway</html>"))
                .then(Scripts.json(200, FINE));

        assertThat(provider.complete("hello").block(PATIENCE).provenance().attempts())
                .isEqualTo(3);
        assertThat(server.call(3).body()).isEqualTo(server.call(1).body());
    }

    @Test
    void keyAndPromptAreInNoMessage() {
        server.always(Scripts.json(401, error("authentication_error", "wrong sk-secret-1 for my whole prompt")));

        LlmException failure = failure(provider.complete("my whole prompt"));

        assertThat(failure).isInstanceOf(AuthenticationException.class);
        assertThat(failure.toString()).doesNotContain("sk-secret-1").doesNotContain("my whole prompt");
        assertThat(provider.toString()).doesNotContain("sk-secret-1");
        assertThat(Fixtures.codec().encode(Fixtures.REQUEST, false).toString()).doesNotContain("hello");
    }

    @Test
    void anEmptyAnswerIsRetriedOnce() {
        server.always(Scripts.json(200, answer("", "\"end_turn\"")));

        assertThat(failure(provider.complete("hello")).code()).isEqualTo("empty_completion");
        assertThat(server.calls()).isEqualTo(2);
    }

    @Test
    void anEmptyStreamIsRetriedOnce() {
        server.always(events(START, finish("end_turn"), STOP));

        assertThat(failure(provider.stream("hello").then()).code()).isEqualTo("empty_completion");
        assertThat(server.calls()).isEqualTo(2);
    }

    @Test
    void overloadInAStreamBeforeAnyTokenIsRetried() {
        server.then(events(START, error("overloaded_error", "Overloaded")))
                .then(Scripts.json(200, error("api_error", "in place of a stream")))
                .then(events(hello()));

        Completion completion = Completion.from(provider.stream("hello")).block(PATIENCE);

        assertThat(completion.text()).isEqualTo("Hello");
        assertThat(completion.provenance().attempts()).isEqualTo(3);
    }

    @Test
    void overloadAfterTokensHasThemAsPartialText() {
        String[] events = Arrays.copyOf(hello(), 6);
        events[5] = error("overloaded_error", "Overloaded");
        server.always(events(events));

        StepVerifier.create(provider.stream("hello").map(CompletionChunk::text))
                .expectNext("Hel", "lo")
                .consumeErrorWith(error -> {
                    assertThat(((LlmException) error).category()).isEqualTo(ErrorCategory.OVERLOADED);
                    assertThat(((LlmException) error).status()).isEqualTo(529);
                    assertThat(((LlmException) error).partialText()).isEqualTo("Hello");
                })
                .verify(PATIENCE);
        assertThat(server.calls()).isEqualTo(1);
    }

    @Test
    void aStreamWithoutMessageStopIsIncomplete() {
        server.always(events(Arrays.copyOf(hello(), 7)));

        LlmException failure = failure(provider.stream("hello").then());

        assertThat(failure).isInstanceOf(IncompleteStreamException.class);
        assertThat(failure.partialText()).isEqualTo("Hello");
        assertThat(server.calls()).isEqualTo(1);
    }

    @Test
    void aStreamCutBeforeAnyTokenIsRetried() {
        server.then(events(Arrays.copyOf(hello(), 3))).then(events(hello()));

        assertThat(Completion.from(provider.stream("hello")).block(PATIENCE).text())
                .isEqualTo("Hello");
    }

    @Test
    void aCutAnswerIsRetried() {
        server.then(Scripts.truncated(200, FINE.substring(0, 40))).then(Scripts.json(200, FINE));

        assertThat(provider.complete("hello").block(PATIENCE).text()).isEqualTo("fine");
    }

    @Test
    void cancelBeforeTheAnswerClosesTheConnection() {
        server.always(Scripts.silence());

        Disposable call = provider.complete("hello").subscribe();
        server.call(1);
        call.dispose();

        server.awaitClientClosed(1);
        assertThat(server.calls()).isEqualTo(1);
    }

    @Test
    void cancelInTheBodyClosesTheConnection() {
        server.always(Scripts.silenceInBody(200, FINE.substring(0, 20)));

        Disposable call = provider.complete("hello").subscribe();
        server.call(1);
        call.dispose();

        server.awaitClientClosed(1);
        assertThat(server.calls()).isEqualTo(1);
    }

    @Test
    void cancelInAStreamClosesTheConnection() {
        server.always(begun(4));

        assertThat(provider.stream("hello").blockFirst(PATIENCE).text()).isEqualTo("Hel");

        server.awaitClientClosed(1);
        assertThat(server.calls()).isEqualTo(1);
    }

    @Test
    void cancelInTheWaitSendsNothingMore() throws Exception {
        server.then(Scripts.json(529, error("overloaded_error", "Overloaded"), "retry-after: 30"))
                .always(Scripts.json(200, FINE));
        CompletableFuture<RetryEvent> waiting = new CompletableFuture<>();
        CompletableFuture<RetryEvent.Cancelled> cancelled = new CompletableFuture<>();
        VirtualTimeScheduler time = VirtualTimeScheduler.create();
        LlmProvider patient = Llm.from(config().scheduler(time)
                .listener(event -> {
                    if (event instanceof RetryEvent.RetryScheduled) {
                        waiting.complete(event);
                    } else if (event instanceof RetryEvent.Cancelled left) {
                        cancelled.complete(left);
                    }
                })
                .build());

        Disposable call = patient.complete("hello").subscribe();
        waiting.get(20, TimeUnit.SECONDS);
        call.dispose();

        assertThat(cancelled.get(20, TimeUnit.SECONDS).waiting()).isTrue();
        time.advanceTimeBy(Duration.ofHours(1));
        // The next request that the server sees is another call's first.
        assertThat(patient.complete("again").block(PATIENCE).text()).isEqualTo("fine");
        assertThat(server.call(2).header("x-retry-count")).isEqualTo("0");
        assertThat(server.calls()).isEqualTo(2);
        patient.dispose();
    }
}
