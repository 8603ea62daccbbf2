package io.aicore.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.chat.ReasoningEffort;
import io.aicore.llm.chat.ResponseFormat;
import io.aicore.llm.codec.json.Json;
import io.aicore.llm.codec.json.JsonFields;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a request asks for, as its model takes it: thinking, sampling, schemas. */
class ModelFitTest extends Fixtures {

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            delimiter = '|',
            value = {
                "claude-opus-4-6            | LOW     | -    | {'type':'adaptive'} | low | 16384",
                "claude-opus-5-5            | MINIMAL | 9000 | {'type':'adaptive'} | low | 9000",
                "claude-sonnet-4-6          | MAX     | -    | {'type':'adaptive'} | max | 16384",
                "claude-unheard-of          | HIGH    | -    | {'type':'adaptive'} | high | 16384",
                "claude-haiku-4-5-20251001  | MEDIUM  | -    | {'type':'enabled','budget_tokens':8192} | - | 16384",
                "claude-3-7-sonnet-latest   | HIGH    | -    | {'type':'enabled','budget_tokens':16384} | - | 20480",
                "claude-opus-4-20250514     | MAX     | -    | {'type':'enabled','budget_tokens':27904} | - | 32000",
                "claude-sonnet-4-5          | HIGH    | 8000 | {'type':'enabled','budget_tokens':4000} | - | 8000",
                "claude-sonnet-4-5          | LOW     | 1500 | {'type':'enabled','budget_tokens':1024} | - | 1500",
                "claude-sonnet-4-5          | NONE    | -    | {'type':'disabled'} | - | 4096",
            })
    void aReasoningEffortBecomesThinking(
            String model, ReasoningEffort effort, Integer maxTokens, String thinking, String word, int limit) {
        JsonFields body = encode(request()
                .model(model)
                .reasoningEffort(effort)
                .maxTokens(maxTokens)
                .temperature(0.5));

        assertJson(body.at("thinking"), thinking.replace('\'', '"'));
        assertThat(body.string("output_config", "effort")).isEqualTo(word);
        assertThat(body.whole("max_tokens")).isEqualTo(limit);
        assertThat(body.at("temperature").isMissing()).isEqualTo(effort != ReasoningEffort.NONE);
    }

    @ParameterizedTest
    @CsvSource({
        "2023-06-01, claude-haiku-4-5, true",
        "2023-06-01, claude-opus-4-6, true",
        "2023-06-01, claude-opus-4-7, false",
        "2023-06-01, claude-opus-5, false",
        "2023-06-01, another-model, true",
        "2026-10-21, claude-haiku-4-5, false",
    })
    void samplingIsNotSentWhereItIsRefused(String version, String model, boolean sent) {
        CompletionRequest request = request()
                .model(model)
                .temperature(0.5)
                .topP(0.9)
                .stop("END")
                .seed(4L)
                .build();
        JsonFields body = Json.read(codec(version).encode(request, false).body());

        assertThat(body.has("temperature")).isEqualTo(sent);
        assertThat(body.has("top_p")).isEqualTo(sent);
        assertThat(body.has("seed")).isFalse();
        assertJson(body.at("stop_sequences"), "[\"END\"]");
    }

    @Test
    void aSchemaIsEnforcedByTheApi() {
        JsonFields body = encode(request()
                .model("claude-opus-5")
                .reasoningEffort(ReasoningEffort.LOW)
                .responseFormat(ResponseFormat.jsonSchema("city", Map.of("type", "object"))));

        assertJson(
                body.at("output_config"),
                "{\"effort\":\"low\",\"format\":{\"type\":\"json_schema\",\"schema\":{\"type\":\"object\"}}}");
    }

    @ParameterizedTest
    @CsvSource({
        "claude-haiku-4-5, true, true",
        "claude-haiku-4-5-20251001, true, true",
        "claude-opus-5, true, true",
        "claude-opus-4-1, true, true",
        "claude-opus-4-8, false, false",
        "claude-3-7-sonnet-latest, true, false",
        "claude-opus-4, true, false",
        "claude-next, true, true",
        "other, true, false",
    })
    void schemasGoOutOnlyToModelsThatHoldTheirAnswersToThem(String model, boolean strict, boolean can) {
        CompletionRequest request = request()
                .model(model)
                .responseFormat(new ResponseFormat.JsonSchema("s", Map.of("type", "object"), strict))
                .build();

        assertThat(codec().nativeJsonSchema(request)).isEqualTo(can);
    }

    @ParameterizedTest
    @CsvSource({
        "claude-sonnet-4-6, HIGH, temperature 0.5 left out: a model that thinks takes only its default",
        "claude-opus-4-8, , temperature 0.5 left out: the model takes only its default",
        "claude-haiku-4-5, HIGH, temperature 0.5 left out: a model that thinks takes only its default",
        "claude-sonnet-4-6, , ",
        "claude-sonnet-4-6, NONE, "
    })
    void aTemperatureThatStaysBehindIsNamed(String model, @Nullable ReasoningEffort effort, @Nullable String warning) {
        CompletionRequest request = CompletionRequest.builder()
                .user("hi")
                .model(model)
                .temperature(0.5)
                .reasoningEffort(effort)
                .build();

        assertThat(codec().warnings(request)).isEqualTo(warning == null ? List.of() : List.of(warning));
        assertThat(codec().warnings(
                                request.toBuilder().temperature(1.0).topP(1.0).build()))
                .isEmpty();
    }

    @Test
    void anEffortThatIsRoundedIsNamed() {
        CompletionRequest least = CompletionRequest.builder()
                .user("hi")
                .model("claude-sonnet-4-6")
                .reasoningEffort(ReasoningEffort.MINIMAL)
                .build();
        CompletionRequest narrow = least.toBuilder()
                .model("claude-sonnet-4-5")
                .reasoningEffort(ReasoningEffort.HIGH)
                .maxTokens(4_000)
                .build();

        assertThat(codec().warnings(least))
                .containsExactly("reasoning effort minimal sent as low: the model does not support it");
        assertThat(codec().warnings(narrow))
                .containsExactly("reasoning effort sent as 2000 tokens: maxTokens 4000 leaves no room for more");
    }
}
