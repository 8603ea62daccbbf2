package io.aicore.openai;

import static io.aicore.openai.Fixtures.answer;
import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.llm.Llm;
import io.aicore.llm.LlmConfig;
import io.aicore.llm.LlmProvider;
import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.TypedCompletion;
import io.aicore.llm.chat.Usage;
import io.aicore.testserver.FaultServer;
import io.aicore.testserver.Scripts;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The protocol over real sockets, through the whole road. */
class ProviderTest {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String FINE = answer("{\"content\":\"fine\"}", "\"stop\"");

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
