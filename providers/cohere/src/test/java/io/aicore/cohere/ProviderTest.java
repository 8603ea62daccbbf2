package io.aicore.cohere;

import static io.aicore.cohere.Fixtures.START;
import static io.aicore.cohere.Fixtures.answer;
import static io.aicore.cohere.Fixtures.broken;
import static io.aicore.cohere.Fixtures.events;
import static io.aicore.cohere.Fixtures.hello;
import static io.aicore.cohere.Fixtures.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.aicore.llm.Llm;
import io.aicore.llm.LlmConfig;
import io.aicore.llm.LlmProvider;
import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.FinishReason;
import io.aicore.llm.error.ErrorCategory;
import io.aicore.llm.error.IncompleteStreamException;
import io.aicore.llm.error.LlmException;
import io.aicore.testserver.FaultServer;
import io.aicore.testserver.Scripts;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;

/** The protocol over real sockets, through the whole road. */
class ProviderTest {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String FINE = answer(text("fine"), "COMPLETE");

    private final FaultServer server = FaultServer.start();
    private final LlmProvider provider = provider("");

    private LlmProvider provider(String path) {
        return Llm.from(LlmConfig.builder()
                .provider("cohere")
                .apiKey("sk-secret-1")
                .model("m-1")
                .baseUrl(server.url(path))
                .retrySettings(retry -> retry.maxRetries(2).initialDelay(Duration.ofMillis(1)))
                .build());
    }

    @AfterEach
    void close() {
        provider.dispose();
        server.close();
    }

    private LlmException failure(Mono<?> call) {
        return catchThrowableOfType(LlmException.class, () -> call.block(PATIENCE));
    }

    @Test
    void answers() {
        server.then(Scripts.json(200, FINE));

        assertThat(provider.complete("hello").block(PATIENCE).text()).isEqualTo("fine");
        assertThat(server.call(1).path()).isEqualTo("/v2/chat");
        assertThat(server.call(1).header("authorization")).isEqualTo("Bearer sk-secret-1");
        assertThat(server.call(1).text())
                .isEqualTo(
                        "{\"model\":\"m-1\",\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}],\"stream\":false}");
    }

    @Test
    void theVersionIsNotSaidTwice() {
        server.then(Scripts.json(200, FINE));
        LlmProvider versioned = provider("/gateway/v2");

        assertThat(versioned.complete("hello").block(PATIENCE).text()).isEqualTo("fine");
        assertThat(server.call(1).path()).isEqualTo("/gateway/v2/chat");
        versioned.dispose();
    }

    @Test
    void aStreamAddsUpToTheAnswer() {
        server.then(events(hello()));

        Completion completion = Completion.from(provider.stream("hello")).block(PATIENCE);

        assertThat(completion.text()).isEqualTo("Hello");
        assertThat(completion.finishReason()).isEqualTo(FinishReason.STOP);
        assertThat(completion.extra()).containsKey("billed_units");
        assertThat(server.call(1).header("accept")).isEqualTo("text/event-stream");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400 | invalid request: list of tools must not be empty | INVALID_REQUEST | 1",
                "400 | too many tokens: size limit exceeded by 90 tokens. The limit for this model is 1000 tokens. | CONTEXT_LENGTH | 1",
                "401 | invalid api token | AUTHENTICATION | 1",
                "402 | please add or update your payment method | BILLING | 1",
                "403 | no | PERMISSION | 1",
                "404 | model 'nope' not found, make sure the correct model ID was used | NOT_FOUND | 1",
                "422 | seed must be a number | INVALID_REQUEST | 1",
                "429 | You are using a Trial key, which is limited to 20 API calls / minute. | RATE_LIMITED | 3",
                "429 | You are using a Trial key, which is limited to 1000 API calls / month. | QUOTA_EXHAUSTED | 1",
                "429 | too many requests | RATE_LIMITED | 3",
                "498 | blocked output: please rephrase the prompt | CONTENT_FILTERED | 1",
                "498 | invalid token | CONTENT_FILTERED | 1",
                "499 | request cancelled | INVALID_REQUEST | 1",
                "500 | internal server error, this has been reported to our developers. | SERVER_ERROR | 3",
                "501 | not implemented | INVALID_REQUEST | 1",
                "503 | the service is not there | OVERLOADED | 3",
                "504 | no | TIMEOUT | 3",
            })
    void everyErrorHasItsKind(int status, String message, ErrorCategory category, int calls) {
        server.always(
                Scripts.json(status, "{\"id\":\"c-9\",\"message\":\"" + message + "\"}", "x-debug-trace-id: req-9"));

        LlmException failure = failure(provider.complete("hello"));

        assertThat(failure.category()).isEqualTo(category);
        assertThat(failure.status()).isEqualTo(status);
        assertThat(failure.requestId()).isEqualTo("req-9");
        assertThat(server.calls()).isEqualTo(calls);
    }

    @Test
    void theWindowsResetIsTheWait() {
        server.always(Scripts.json(
                429,
                "{\"message\":\"too many requests\"}",
                "date: Sun, 01 Mar 2026 12:00:00 GMT",
                "x-ratelimit-remaining: 0",
                "x-ratelimit-reset: 1772367000"));

        assertThat(failure(provider.complete("hello")).retryAfter()).isEqualTo(Duration.ofMinutes(10));
    }

    @Test
    void retriesWithTheSameBytes() {
        server.then(Scripts.json(503, "{\"message\":\"no\"}"))
                .then(Scripts.truncated(200, FINE.substring(0, 40)))
                .then(Scripts.json(200, FINE));

        assertThat(provider.complete("hello").block(PATIENCE).provenance().attempts())
                .isEqualTo(3);
        assertThat(server.call(3).body()).isEqualTo(server.call(1).body());
    }

    @Test
    void keyAndPromptAreInNoMessage() {
        server.always(Scripts.json(401, "{\"message\":\"wrong sk-secret-1 for my whole prompt\"}"));

        LlmException failure = failure(provider.complete("my whole prompt"));

        assertThat(failure.toString()).doesNotContain("sk-secret-1").doesNotContain("my whole prompt");
        assertThat(provider.toString()).doesNotContain("sk-secret-1");
        assertThat(Fixtures.codec().toString()).doesNotContain("k-1");
    }

    @Test
    void whatFailsBeforeAnyTokenIsRetried() {
        server.then(events(START, broken("ERROR", "internal error")))
                .then(events(START))
                .then(events(hello()));

        Completion completion = Completion.from(provider.stream("hello")).block(PATIENCE);

        assertThat(completion.text()).isEqualTo("Hello");
        assertThat(completion.provenance().attempts()).isEqualTo(3);
    }

    @Test
    void aStreamWithoutMessageEndIsIncomplete() {
        server.always(events(Arrays.copyOf(hello(), 5)));

        LlmException failure = failure(provider.stream("hello").then());

        assertThat(failure).isInstanceOf(IncompleteStreamException.class);
        assertThat(failure.partialText()).isEqualTo("Hello");
        assertThat(server.calls()).isEqualTo(1);
    }

    @Test
    void anEmptyAnswerIsRetriedOnce() {
        server.always(Scripts.json(200, answer("", "COMPLETE")));

        assertThat(failure(provider.complete("hello")).code()).isEqualTo("empty_completion");
        assertThat(server.calls()).isEqualTo(2);
    }
}
