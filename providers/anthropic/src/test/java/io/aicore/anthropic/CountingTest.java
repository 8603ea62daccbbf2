package io.aicore.anthropic;

import static io.aicore.anthropic.Fixtures.error;
import static io.aicore.anthropic.Fixtures.response;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.aicore.llm.Llm;
import io.aicore.llm.LlmConfig;
import io.aicore.llm.LlmProvider;
import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.chat.ReasoningEffort;
import io.aicore.llm.chat.Tool;
import io.aicore.llm.chat.ToolChoice;
import io.aicore.llm.codec.json.Json;
import io.aicore.llm.error.ErrorCategory;
import io.aicore.llm.error.LlmException;
import io.aicore.testserver.FaultServer;
import io.aicore.testserver.Scripts;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CountingTest {

    private final CountingCodec codec = new CountingCodec(
            Fixtures.endpoint("2023-06-01", "/v1/messages/count_tokens"), new RequestEncoder("2023-06-01"));

    @Test
    void sendsWhatIsInputAndNothingElse() {
        CompletionRequest request = CompletionRequest.builder()
                .model("claude-haiku-4-5")
                .system("Be brief.")
                .user("hello")
                .temperature(0.5)
                .topP(0.9)
                .maxTokens(9_000)
                .stop("END")
                .tools(Tool.of("f", "", Map.of()))
                .toolChoice(ToolChoice.Mode.REQUIRED)
                .reasoningEffort(ReasoningEffort.LOW)
                .extra("metadata", Map.of("user_id", "u"))
                .extra("top_k", 3)
                .extra("service_tier", "auto")
                .extra("cache_control", Map.of("type", "ephemeral"))
                .build();

        assertThat(Json.read(codec.encode(request).body()))
                .isEqualTo(Json.read("{\"model\":\"claude-haiku-4-5\",\"system\":\"Be brief.\",\"messages\":"
                        + "[{\"role\":\"user\",\"content\":\"hello\"}],\"tools\":[{\"name\":\"f\",\"input_schema\":"
                        + "{\"type\":\"object\"}}],\"tool_choice\":{\"type\":\"any\"},\"thinking\":{\"type\":\"enabled\","
                        + "\"budget_tokens\":2048},\"cache_control\":{\"type\":\"ephemeral\"}}"));
        assertThat(codec.encode(request).body()).isEqualTo(codec.encode(request).body());
    }

    @Test
    void countsOverTheWireAndRetriesLikeAnyCall() {
        try (FaultServer server = FaultServer.start()) {
            server.then(Scripts.json(529, error("overloaded_error", "Overloaded")))
                    .then(Scripts.json(200, "{\"input_tokens\":2095,\"new\":{}}"));
            LlmConfig config = LlmConfig.builder()
                    .provider("anthropic")
                    .apiKey("k-1")
                    .model("claude-haiku-4-5")
                    .baseUrl(server.url())
                    .retrySettings(retry -> retry.initialDelay(Duration.ofMillis(1)))
                    .build();
            try (LlmProvider provider = Llm.from(config)) {
                assertThat(provider.countTokens(CompletionRequest.of("hello")).block(Duration.ofMinutes(3)))
                        .isEqualTo(2095);
            }
            assertThat(server.call(2).path()).isEqualTo("/v1/messages/count_tokens");
            assertThat(server.call(2).header("x-api-key")).isEqualTo("k-1");
            assertThat(server.call(2).header("anthropic-version")).isEqualTo("2023-06-01");
            assertThat(server.call(2).body()).isEqualTo(server.call(1).body());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "{}|no_count",
                "{\"input_tokens\":\"many\"}|no_count",
                "|not_json",
                "{\"input_tokens\":|not_json",
            })
    void anAnswerWithoutACountIsMalformed(String body, String code) {
        LlmException failure = failure(body == null ? "" : body);

        assertThat(failure.category()).isEqualTo(ErrorCategory.MALFORMED_RESPONSE);
        assertThat(failure.code()).isEqualTo(code);
    }

    @Test
    void anErrorIsOneUnderAnyStatus() {
        assertThat(failure(error("overloaded_error", "Overloaded")).status()).isEqualTo(529);
        assertThat(codec.classify(Fixtures.REQUEST, response(404, error("not_found_error", "model: x")))
                        .category())
                .isEqualTo(ErrorCategory.NOT_FOUND);
    }

    private LlmException failure(String body) {
        return catchThrowableOfType(LlmException.class, () -> codec.decode(Fixtures.REQUEST, response(200, body)));
    }
}
