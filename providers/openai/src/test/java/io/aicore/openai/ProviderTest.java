package io.aicore.openai;

import static io.aicore.openai.Fixtures.answer;
import static io.aicore.openai.Fixtures.delta;
import static io.aicore.openai.Fixtures.finish;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.aicore.llm.Llm;
import io.aicore.llm.LlmConfig;
import io.aicore.llm.LlmProvider;
import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.CompletionChunk;
import io.aicore.llm.chat.FinishReason;
import io.aicore.llm.chat.TypedCompletion;
import io.aicore.llm.chat.Usage;
import io.aicore.llm.error.AuthenticationException;
import io.aicore.llm.error.ErrorCategory;
import io.aicore.llm.error.IncompleteStreamException;
import io.aicore.llm.error.LlmException;
import io.aicore.llm.error.QuotaExhaustedException;
import io.aicore.llm.testing.FaultServer;
import io.aicore.llm.testing.Scripts;
import io.aicore.retry.GiveUpReason;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** The protocol over real sockets, through the whole road. */
class ProviderTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String FINE = answer("{\"content\":\"fine\"}", "\"stop\"");
    private static final String[] STREAM = {
        delta("{\"role\":\"assistant\",\"content\":\"\"}"),
        delta("{\"content\":\"Hel\"}"),
        delta("{\"content\":\"lo\"}"),
        finish("stop"),
        "{\"choices\":[],\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":4}}",
        "[DONE]"
    };

    private final FaultServer server = FaultServer.start();
    private final LlmProvider provider = Llm.from(LlmConfig.builder()
            .provider("openai")
            .apiKey("sk-secret-1")
            .model("m-1")
            .baseUrl(server.url("/v1"))
            .retrySettings(retry -> retry.maxRetries(2).initialDelay(Duration.ofMillis(1)))
            .build());

    @AfterEach
    void close() {
        provider.dispose();
        server.close();
    }

    private LlmException failure(Mono<?> call) {
        return catchThrowableOfType(LlmException.class, () -> call.block(PATIENCE));
    }

    private static String error(String code) {
        return "{\"error\":{\"message\":\"no\",\"code\":\"" + code + "\"}}";
    }

    @Test
    void answers() {
        server.then(Scripts.json(200, FINE));

        Completion completion = provider.complete("hello").block(PATIENCE);

        assertThat(completion.text()).isEqualTo("fine");
        assertThat(completion.provenance().attempts()).isEqualTo(1);
        assertThat(server.call(1).path()).isEqualTo("/v1/chat/completions");
        assertThat(server.call(1).header("authorization")).isEqualTo("Bearer sk-secret-1");
        assertThat(server.call(1).header("content-type")).isEqualTo("application/json");
        assertThat(server.call(1).text())
                .isEqualTo("{\"model\":\"m-1\",\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}");
    }

    @Test
    void streams() {
        server.then(Scripts.events(STREAM));

        List<CompletionChunk> chunks = provider.stream("hello").collectList().block(PATIENCE);

        assertThat(chunks)
                .extracting(CompletionChunk::text)
                .filteredOn(text -> !text.isEmpty())
                .containsExactly("Hel", "lo");
        assertThat(chunks.get(chunks.size() - 1).info().provenance().attempts()).isEqualTo(1);
        assertThat(server.call(1).header("accept")).isEqualTo("text/event-stream");
        assertThat(server.call(1).text()).contains("\"stream\":true,\"stream_options\":{\"include_usage\":true}");
    }

    @Test
    void aStreamAddsUpToTheAnswer() {
        server.then(Scripts.events(STREAM));

        Completion completion = Completion.from(provider.stream("hello")).block(PATIENCE);

        assertThat(completion.text()).isEqualTo("Hello");
        assertThat(completion.finishReason()).isEqualTo(FinishReason.STOP);
        assertThat(completion.usage()).isEqualTo(Usage.of(9, 4));
        assertThat(completion.model()).isEqualTo("m-1-dated");
    }

    @Test
    void retriesWhatMayPassWithTheSameBytes() {
        server.then(Scripts.json(429, error("rate_limit_exceeded"), "retry-after-ms: 5"))
                .then(Scripts.json(503, "<html>busy</html>"))
                .then(Scripts.json(200, FINE));

        Completion completion = provider.complete("hello").block(PATIENCE);

        assertThat(completion.provenance().attempts()).isEqualTo(3);
        assertThat(server.call(3).body()).isEqualTo(server.call(1).body());
        assertThat(server.call(3).header("x-retry-count")).isEqualTo("2");
    }

    @Test
    void doesNotRetryAnExhaustedQuota() {
        server.always(Scripts.json(429, error("insufficient_quota")));

        LlmException failure = failure(provider.complete("hello"));

        assertThat(failure).isInstanceOf(QuotaExhaustedException.class);
        assertThat(failure.reason()).isEqualTo(GiveUpReason.NOT_RETRYABLE);
        assertThat(server.calls()).isEqualTo(1);
    }

    @Test
    void aLongHintFailsAtOnceWithTheHint() {
        server.always(Scripts.json(429, error("rate_limit_exceeded"), "retry-after: 600"));

        LlmException failure = failure(provider.complete("hello"));

        assertThat(failure.retryAfter()).isEqualTo(Duration.ofMinutes(10));
        assertThat(failure.reason()).isEqualTo(GiveUpReason.HINT_TOO_LONG);
        assertThat(server.calls()).isEqualTo(1);
    }

    @Test
    void aRefusedKeyIsNotInTheMessage() {
        server.always(Scripts.json(
                401,
                "{\"error\":{\"message\":\"Incorrect API key provided: sk-secret-1.\",\"code\":\"invalid_api_key\"}}",
                "x-request-id: r-9"));

        LlmException failure = failure(provider.complete("my prompt"));

        assertThat(failure).isInstanceOf(AuthenticationException.class);
        assertThat(failure.requestId()).isEqualTo("r-9");
        assertThat(failure).hasMessageNotContaining("sk-secret-1").hasMessageNotContaining("my prompt");
    }

    @Test
    void anErrorInsideA200IsRetriedLikeItsStatus() {
        server.then(Scripts.json(200, "{\"error\":{\"code\":502,\"message\":\"upstream\"}}"))
                .then(Scripts.json(200, "{\"choices\":null}"))
                .then(Scripts.json(200, FINE));

        assertThat(provider.complete("hello").block(PATIENCE).provenance().attempts())
                .isEqualTo(3);
    }

    @Test
    void anEmptyAnswerIsRetriedOnce() {
        server.always(Scripts.json(200, answer("{\"content\":\"\"}", "\"stop\"")));

        LlmException failure = failure(provider.complete("hello"));

        assertThat(failure.code()).isEqualTo("empty_completion");
        assertThat(server.calls()).isEqualTo(2);
    }

    @Test
    void aCutAnswerIsRetried() {
        server.then(Scripts.truncated(200, FINE.substring(0, 40))).then(Scripts.json(200, FINE));

        assertThat(provider.complete("hello").block(PATIENCE).text()).isEqualTo("fine");
    }

    @Test
    void anErrorInAStreamBeforeAnyTokenIsRetried() {
        server.then(Scripts.events(
                        delta("{\"role\":\"assistant\",\"content\":\"\"}"),
                        "{\"error\":{\"code\":\"server_is_overloaded\",\"message\":\"x\"}}"))
                .then(Scripts.json(200, "{\"code\":\"The service is currently unavailable\",\"error\":\"later\"}"))
                .then(Scripts.events(STREAM));

        Completion completion = Completion.from(provider.stream("hello")).block(PATIENCE);

        assertThat(completion.text()).isEqualTo("Hello");
        assertThat(completion.provenance().attempts()).isEqualTo(3);
    }

    @Test
    void anErrorAfterTokensHasThemAsPartialText() {
        server.always(
                Scripts.events(STREAM[1], STREAM[2], "{\"error\":{\"code\":502,\"message\":\"gone\"}}", "[DONE]"));

        StepVerifier.create(provider.stream("hello").map(CompletionChunk::text))
                .expectNext("Hel", "lo")
                .consumeErrorWith(error -> {
                    assertThat(((LlmException) error).category()).isEqualTo(ErrorCategory.SERVER_ERROR);
                    assertThat(((LlmException) error).partialText()).isEqualTo("Hello");
                })
                .verify(PATIENCE);
        assertThat(server.calls()).isEqualTo(1);
    }

    @Test
    void aStreamCutAfterTokensIsAnErrorWithTheTokens() {
        server.always(Scripts.eventsThenCut(STREAM[1], STREAM[2]));

        LlmException failure = failure(provider.stream("hello").then());

        assertThat(failure.partialText()).isEqualTo("Hello");
        assertThat(server.calls()).isEqualTo(1);
    }

    @Test
    void aStreamWithoutDoneIsAnErrorAlsoAfterItsFinishReason() {
        server.always(Scripts.events(STREAM[1], STREAM[2], STREAM[3]));

        LlmException failure = failure(provider.stream("hello").then());

        assertThat(failure).isInstanceOf(IncompleteStreamException.class);
        assertThat(failure.partialText()).isEqualTo("Hello");
    }

    @Test
    void anEmptyStreamIsRetriedOnceAndNeverCompletesEmpty() {
        server.always(Scripts.events(finish("stop"), "[DONE]"));

        LlmException failure = failure(provider.stream("hello").then());

        assertThat(failure.code()).isEqualTo("empty_completion");
        assertThat(server.calls()).isEqualTo(2);
    }

    @Test
    void aPlainAnswerToAStreamsRequestIsRead() {
        server.then(Scripts.json(200, FINE));

        assertThat(Completion.from(provider.stream("hello")).block(PATIENCE).text())
                .isEqualTo("fine");
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
        server.always(Scripts.eventsThenSilence(STREAM[1]));

        assertThat(provider.stream("hello").blockFirst(PATIENCE).text()).isEqualTo("Hel");

        server.awaitClientClosed(1);
        assertThat(server.calls()).isEqualTo(1);
    }

    record City(String name, int people) {}

    @Test
    void anAnswerIsReadIntoARecordAndRepairedOnce() {
        server.then(Scripts.json(200, answer("{\"content\":\"{\\\"name\\\":\\\"Ulm\\\"}\"}", "\"stop\"")));
        server.then(
                Scripts.json(200, answer("{\"content\":\"{\\\"name\\\":\\\"Ulm\\\",\\\"people\\\":9}\"}", "\"stop\"")));

        TypedCompletion<City> typed = provider.complete("hello", City.class).block(PATIENCE);

        assertThat(typed.value()).isEqualTo(new City("Ulm", 9));
        assertThat(typed.completion().provenance().attempts()).isEqualTo(2);
        assertThat(typed.completion().usage()).isEqualTo(Usage.of(18, 8));
        assertThat(server.call(1).text())
                .contains(
                        "\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"City\",\"schema\":{")
                .contains("\"additionalProperties\":false},\"strict\":true}}")
                .doesNotContain("\"role\":\"system\"");
        assertThat(server.call(2).text()).contains("$.people: (expected: a value, and it is missing)");
    }
}
