package io.aicore.mistral;

import static io.aicore.mistral.Fixtures.answer;
import static io.aicore.mistral.Fixtures.delta;
import static io.aicore.mistral.Fixtures.hello;
import static io.aicore.mistral.Fixtures.last;
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
    private static final String FINE = answer("{\"content\":\"fine\"}", "\"stop\"");

    private final FaultServer server = FaultServer.start();
    private final LlmProvider provider = Llm.from(LlmConfig.builder()
            .provider("mistral")
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

    @Test
    void answers() {
        server.then(Scripts.json(200, FINE));

        assertThat(provider.complete("hello").block(PATIENCE).text()).isEqualTo("fine");
        assertThat(server.call(1).path()).isEqualTo("/v1/chat/completions");
        assertThat(server.call(1).header("authorization")).isEqualTo("Bearer sk-secret-1");
        assertThat(server.call(1).text())
                .isEqualTo(
                        "{\"model\":\"m-1\",\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}],\"stream\":false}");
    }

    @Test
    void aStreamAddsUpToTheAnswer() {
        server.then(Scripts.events(hello()));

        Completion completion = Completion.from(provider.stream("hello")).block(PATIENCE);

        assertThat(completion.text()).isEqualTo("Hello");
        assertThat(completion.finishReason()).isEqualTo(FinishReason.STOP);
        assertThat(server.call(1).header("accept")).isEqualTo("text/event-stream");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400 | {\"object\":\"error\",\"message\":\"Prompt contains 40000 tokens, too large for model with 32768 "
                        + "maximum context length\",\"type\":\"invalid_request_error\",\"code\":\"3051\"} | CONTEXT_LENGTH | 1",
                "401 | {\"detail\":\"Invalid API Key\"} | AUTHENTICATION | 1",
                "402 | {\"message\":\"no\"} | BILLING | 1",
                "404 | {\"object\":\"error\",\"message\":\"no Route matched\",\"type\":\"invalid_model\"} | NOT_FOUND | 1",
                "422 | {\"detail\":[{\"type\":\"missing\",\"loc\":[\"body\",\"messages\"],\"msg\":\"Field required\","
                        + "\"input\":{\"model\":\"rate limit\"}}]} | INVALID_REQUEST | 1",
                "422 | {\"object\":\"error\",\"message\":{\"detail\":[{\"type\":\"extra_forbidden\",\"loc\":[\"body\","
                        + "\"seed\"],\"msg\":\"Extra inputs are not permitted\",\"input\":7}]},"
                        + "\"type\":\"invalid_request_error\",\"code\":null} | INVALID_REQUEST | 1",
                "429 | {\"object\":\"error\",\"message\":\"Rate limit exceeded\",\"type\":\"rate_limited\","
                        + "\"code\":\"1300\",\"raw_status_code\":429} | RATE_LIMITED | 3",
                "429 | {\"message\":\"Requests rate limit exceeded\"} | RATE_LIMITED | 3",
                "429 | {\"object\":\"error\",\"message\":\"Service tier capacity exceeded for this model.\","
                        + "\"type\":\"invalid_request_error\"} | OVERLOADED | 3",
                "503 | {\"object\":\"error\",\"message\":\"Service tier capacity exceeded for this model.\","
                        + "\"type\":\"invalid_request_error\"} | OVERLOADED | 3",
                "500 | {\"object\":\"error\",\"message\":\"no\",\"type\":\"internal_server_error\"} | SERVER_ERROR | 3",
                "504 | | TIMEOUT | 3",
            })
    void everyErrorHasItsKind(int status, String body, ErrorCategory category, int calls) {
        server.always(Scripts.json(status, body == null ? "" : body, "mistral-correlation-id: req-9"));

        LlmException failure = failure(provider.complete("hello"));

        assertThat(failure.category()).isEqualTo(category);
        assertThat(failure.status()).isEqualTo(status);
        assertThat(failure.requestId()).isEqualTo("req-9");
        assertThat(server.calls()).isEqualTo(calls);
    }

    @Test
    void retriesWithTheSameBytes() {
        server.then(Scripts.json(503, "{\"object\":\"error\",\"message\":\"Service tier capacity exceeded\"}"))
                .then(Scripts.truncated(200, FINE.substring(0, 40)))
                .then(Scripts.json(200, FINE));

        assertThat(provider.complete("hello").block(PATIENCE).provenance().attempts())
                .isEqualTo(3);
        assertThat(server.call(3).body()).isEqualTo(server.call(1).body());
    }

    @Test
    void keyAndPromptAreInNoMessage() {
        server.always(Scripts.json(401, "{\"detail\":\"wrong sk-secret-1 for my whole prompt\"}"));

        LlmException failure = failure(provider.complete("my whole prompt"));

        assertThat(failure.toString()).doesNotContain("sk-secret-1").doesNotContain("my whole prompt");
        assertThat(provider.toString()).doesNotContain("sk-secret-1");
        assertThat(Fixtures.codec().toString()).doesNotContain("k-1");
    }

    @Test
    void whatFailsBeforeAnyTokenIsRetried() {
        server.then(Scripts.events(delta("{\"role\":\"assistant\",\"content\":\"\"}"), last("{}", "error")))
                .then(Scripts.events(delta("{\"role\":\"assistant\",\"content\":\"\"}")))
                .then(Scripts.events(hello()));

        Completion completion = Completion.from(provider.stream("hello")).block(PATIENCE);

        assertThat(completion.text()).isEqualTo("Hello");
        assertThat(completion.provenance().attempts()).isEqualTo(3);
    }

    @Test
    void aStreamWithoutAnEndIsIncomplete() {
        server.always(Scripts.events(Arrays.copyOf(hello(), 2)));

        LlmException failure = failure(provider.stream("hello").then());

        assertThat(failure).isInstanceOf(IncompleteStreamException.class);
        assertThat(failure.partialText()).isEqualTo("Hel");
        assertThat(server.calls()).isEqualTo(1);
    }

    @Test
    void anEmptyAnswerIsRetriedOnce() {
        server.always(Scripts.json(200, answer("{\"content\":\"\"}", "\"stop\"")));

        assertThat(failure(provider.complete("hello")).code()).isEqualTo("empty_completion");
        assertThat(server.calls()).isEqualTo(2);
    }
}
