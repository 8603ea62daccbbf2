package io.aicore.openai;

import static io.aicore.openai.Fixtures.answer;
import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.llm.Llm;
import io.aicore.llm.LlmConfig;
import io.aicore.llm.LlmProvider;
import io.aicore.llm.chat.Usage;
import io.aicore.llm.codec.json.Json;
import io.aicore.llm.tools.ToolLoop;
import io.aicore.llm.tools.ToolLoopResult;
import io.aicore.testserver.FaultServer;
import io.aicore.testserver.Scripts;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** A loop of tools over real sockets: a call that fails in the middle is retried, and the tools are not. */
class ToolLoopOverHttpTest {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String ASKS = answer(
            "{\"content\":null,\"tool_calls\":[{\"id\":\"call_1\",\"type\":\"function\",\"function\":"
                    + "{\"name\":\"weather\",\"arguments\":\"{\\\"city\\\":\\\"Ulm\\\"}\"}}]}",
            "\"tool_calls\"");

    record Place(String city) {}

    @Test
    void asksRunsTellsAndIsAnswered() {
        try (FaultServer server = FaultServer.start();
                LlmProvider provider = Llm.from(LlmConfig.builder()
                        .provider("openai")
                        .apiKey("sk-secret-1")
                        .model("m-1")
                        .httpSettings(http -> http.maxConnections(1))
                        .baseUrl(server.url("/v1"))
                        .retrySettings(retry -> retry.initialDelay(Duration.ofMillis(1)))
                        .build())) {
            server.then(Scripts.json(200, ASKS))
                    .then(Scripts.reset())
                    .then(Scripts.json(200, answer("{\"content\":\"Take one.\"}", "\"stop\"")));

            ToolLoopResult result = ToolLoop.of(provider)
                    .tool(
                            "weather",
                            "The weather in a city",
                            Place.class,
                            place -> Mono.just("rain in " + place.city()))
                    .run("Do I need an umbrella?")
                    .block(PATIENCE);

            assertThat(result.completion().text()).isEqualTo("Take one.");
            assertThat(result.usage()).isEqualTo(Usage.of(18, 8));
            assertThat(result.provenance().attempts()).isEqualTo(2);
            assertThat(result.provenance().resends()).isEqualTo(1);
            assertThat(Json.read(server.call(3).text()).at("messages"))
                    .isEqualTo(Json.read("[{\"role\":\"user\",\"content\":\"Do I need an umbrella?\"},"
                            + "{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[{\"id\":\"call_1\","
                            + "\"type\":\"function\",\"function\":{\"name\":\"weather\","
                            + "\"arguments\":\"{\\\"city\\\":\\\"Ulm\\\"}\"}}]},"
                            + "{\"role\":\"tool\",\"tool_call_id\":\"call_1\",\"content\":\"rain in Ulm\"}]"));
        }
    }
}
