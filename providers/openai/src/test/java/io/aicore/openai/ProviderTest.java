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
import io.aicore.llm.chat.TypedCompletion;
import io.aicore.llm.chat.Usage;
import io.aicore.llm.error.AuthenticationException;
import io.aicore.llm.error.LlmException;
import io.aicore.testserver.FaultServer;
import io.aicore.testserver.Scripts;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** The protocol over real sockets, through the whole road. */
class ProviderTest {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
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
                .isEqualTo(
                        "{\"model\":\"m-1\",\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}],\"stream\":false}");
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
