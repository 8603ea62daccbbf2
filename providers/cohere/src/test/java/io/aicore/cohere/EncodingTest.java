package io.aicore.cohere;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.chat.CompletionRequestBuilder;
import io.aicore.llm.chat.Content;
import io.aicore.llm.chat.Message;
import io.aicore.llm.chat.ReasoningEffort;
import io.aicore.llm.chat.ResponseFormat;
import io.aicore.llm.chat.Tool;
import io.aicore.llm.chat.ToolCall;
import io.aicore.llm.chat.ToolChoice;
import io.aicore.llm.codec.json.Json;
import io.aicore.llm.codec.json.JsonFields;
import io.aicore.llm.error.InvalidRequestException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EncodingTest extends Fixtures {

    private static final Tool WEATHER = Tool.of("weather", "of a city", Map.of("type", "object"));
    private static final Tool NOW = new Tool("now", "", Map.of(), true);

    private static CompletionRequestBuilder ask() {
        return CompletionRequest.builder().model("m-1").user("hello");
    }

    private static Message result(Map<String, Object> extra, Content... content) {
        return Message.tool("call-1", content).extra(extra);
    }

    private static JsonFields message(JsonFields body, int index) {
        return body.at("messages").at(index);
    }

    private InvalidRequestException refusal(CompletionRequest request) {
        return catchThrowableOfType(InvalidRequestException.class, () -> encode(request));
    }

    @Test
    void sendsOnlyWhatTheRequestSays() {
        assertThat(codec().encode(ask().build(), false).body())
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("{\"model\":\"m-1\",\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}],"
                        + "\"stream\":false}");
        assertThat(codec().encode(ask().build(), true).headers()).containsEntry("accept", "text/event-stream");
        assertThat(codec().toString()).doesNotContain("k-1");
        assertThat(Json.read(codec().encode(ask().build(), true).body())
                        .at("stream")
                        .isTrue())
                .isTrue();
    }

    @Test
    void encodesSampling() {
        JsonFields body = encode(
                ask().temperature(0.5).topP(0.9).maxTokens(64).stop("a", "b").seed(7L));

        assertThat(body.at("temperature").number()).isEqualTo(0.5);
        assertThat(body.at("p").number()).isEqualTo(0.9);
        assertThat(body.at("max_tokens").index()).isEqualTo(64);
        assertJson(body.at("stop_sequences"), "[\"a\",\"b\"]");
        assertThat(body.at("seed").index()).isEqualTo(7);
    }

    @Test
    void encodesTextAndImagesAsBlocks() {
        JsonFields body = encode(ask().system("be brief")
                .message(Message.user(Content.text("what?"), new Content.Image("https://example.org/a.png", "low"))));

        assertJson(message(body, 0), "{\"role\":\"system\",\"content\":\"be brief\"}");
        assertJson(
                message(body, 2).at("content"),
                "[{\"type\":\"text\",\"text\":\"what?\"},{\"type\":\"image_url\","
                        + "\"image_url\":{\"url\":\"https://example.org/a.png\",\"detail\":\"low\"}}]");
    }

    @Test
    void encodesToolsAndTheirResults() {
        JsonFields body = encode(ask().tools(WEATHER, NOW)
                .toolChoice(ToolChoice.required())
                .message(Message.calls(new ToolCall("call-1", "now", ""))
                        .extra(Map.of("tool_plan", "I look.", "prefix", true)))
                .message(result(Map.of(), Content.text("noon"))));

        assertJson(
                body.at("tools"),
                "[{\"type\":\"function\",\"function\":{\"name\":\"weather\","
                        + "\"description\":\"of a city\",\"parameters\":{\"type\":\"object\"}}},"
                        + "{\"type\":\"function\",\"function\":{\"name\":\"now\","
                        + "\"parameters\":{\"type\":\"object\",\"properties\":{}}}}]");
        assertThat(body.at("strict_tools").isTrue()).isTrue();
        assertThat(body.at("tool_choice").text()).isEqualTo("REQUIRED");
        assertJson(
                message(body, 1),
                "{\"role\":\"assistant\",\"tool_plan\":\"I look.\",\"tool_calls\":[{\"id\":\"call-1\","
                        + "\"type\":\"function\",\"function\":{\"name\":\"now\",\"arguments\":\"{}\"}}]}");
        assertJson(message(body, 2), "{\"role\":\"tool\",\"tool_call_id\":\"call-1\",\"content\":\"noon\"}");
    }

    @Test
    void theChoiceOfOneToolSendsThisToolAlone() {
        JsonFields body = encode(ask().tools(WEATHER, NOW).toolChoice(ToolChoice.named("weather")));

        assertThat(body.at("tools").size()).isEqualTo(1);
        assertThat(body.at("tools").at(0).at("function").at("name").text()).isEqualTo("weather");
        assertThat(body.has("strict_tools")).isFalse();
        assertThat(body.at("tool_choice").text()).isEqualTo("REQUIRED");
        assertThat(refusal(ask().tools(WEATHER)
                        .toolChoice(ToolChoice.named("other"))
                        .build()))
                .hasMessageContaining("tool choice");
    }

    @Test
    void autoIsSaidByNothing() {
        assertThat(encode(ask().tools(WEATHER).toolChoice(ToolChoice.auto())).has("tool_choice"))
                .isFalse();
        assertThat(encode(ask().tools(WEATHER).toolChoice(ToolChoice.none()))
                        .at("tool_choice")
                        .text())
                .isEqualTo("NONE");
        assertThat(encode(ask().toolChoice(ToolChoice.required())).has("tool_choice"))
                .isFalse();
    }

    @Test
    void whatTheApiHasNoWordForIsRefused() {
        assertThat(refusal(ask().tools(WEATHER).parallelToolCalls(false).build()))
                .hasMessageContaining("parallel tool calls");
        assertThat(encode(ask().tools(WEATHER).parallelToolCalls(true))
                        .at("tools")
                        .size())
                .isEqualTo(1);
        assertThat(refusal(ask().message(result(Map.of(), Content.image(new byte[] {1}, "image/png")))
                        .build()))
                .hasMessageContaining("an image in a tool's result");
        assertThat(refusal(ask().message(result(Map.of("documents", "x"), Content.text("t")))
                        .build()))
                .hasMessageContaining("documents");
    }

    @Test
    void aToolsDocumentsGoWithItsResult() {
        Map<String, Object> full = Map.of("id", "d1", "data", Map.of("title", "A"));
        JsonFields body = encode(ask().message(result(
                        Map.of("documents", List.of(full, Map.of("title", "B"))), Content.text("found")))
                .message(result(Map.of("documents", List.of(Map.of("title", "C"))), Content.text(""))));

        assertJson(
                message(body, 1).at("content"),
                "[{\"type\":\"text\",\"text\":\"found\"},"
                        + "{\"type\":\"document\",\"document\":{\"id\":\"d1\",\"data\":{\"title\":\"A\"}}},"
                        + "{\"type\":\"document\",\"document\":{\"data\":{\"title\":\"B\"}}}]");
        assertJson(
                message(body, 2).at("content"), "[{\"type\":\"document\",\"document\":{\"data\":{\"title\":\"C\"}}}]");
    }

    @Test
    void encodesTheFormOfTheAnswer() {
        assertJson(
                encode(ask().responseFormat(ResponseFormat.json())).at("response_format"),
                "{\"type\":\"json_object\"}");
        assertJson(
                encode(ask().responseFormat(ResponseFormat.jsonSchema("city", Map.of("type", "object"))))
                        .at("response_format"),
                "{\"type\":\"json_object\",\"json_schema\":{\"type\":\"object\"}}");
        assertThat(encode(ask().responseFormat(ResponseFormat.text())).has("response_format"))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({"MINIMAL, , 1024", "LOW, , 2048", "HIGH, , 16384", "HIGH, 1000, 500", "LOW, 1, 1"})
    void anEffortIsABudgetThatLeavesRoom(ReasoningEffort effort, Integer maxTokens, int budget) {
        assertJson(
                encode(ask().reasoningEffort(effort).maxTokens(maxTokens)).at("thinking"),
                "{\"type\":\"enabled\",\"token_budget\":" + budget + "}");
    }

    @Test
    void noEffortIsDisabledAndTheGreatestHasNoBudget() {
        assertJson(encode(ask().reasoningEffort(ReasoningEffort.NONE)).at("thinking"), "{\"type\":\"disabled\"}");
        assertJson(encode(ask().reasoningEffort(ReasoningEffort.MAX)).at("thinking"), "{\"type\":\"enabled\"}");
    }

    @Test
    void extraFieldsGoOutAndWin() {
        JsonFields body = encode(ask().temperature(0.5)
                .extra("temperature", 1)
                .extra("safety_mode", "STRICT")
                .extra("documents", List.of("Paris is large.")));

        assertThat(body.at("temperature").index()).isEqualTo(1);
        assertThat(body.at("safety_mode").text()).isEqualTo("STRICT");
        assertJson(body.at("documents"), "[\"Paris is large.\"]");
    }

    @Test
    void whatBelongsToTheConversationGoesBackAsItCame() {
        String content = "[{\"type\":\"thinking\",\"thinking\":\"hm\"},{\"type\":\"text\",\"text\":\"Paris\"}]";
        String fields = "\"content\":" + content
                + ",\"tool_plan\":\"p\",\"tool_calls\":[{\"id\":\"f_1\",\"type\":\"function\","
                + "\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}],\"citations\":[" + CITATION + "]";
        Message turn = decode(answer(fields, "TOOL_CALL")).message();

        assertJson(message(encode(ask().message(turn)), 1), "{\"role\":\"assistant\"," + fields + "}");
    }

    @Test
    void aTurnThatWasChangedSinceGoesOutAsItIsNow() {
        Map<String, Object> extra = Map.of("cohere_content", List.of(Map.of("type", "text", "text", "old")));
        Message turn = Message.assistant("new").extra(extra);

        assertJson(message(encode(ask().message(turn)), 1), "{\"role\":\"assistant\",\"content\":\"new\"}");
    }

    @Test
    void holdsAnswersToASchemaItself() {
        assertThat(codec().nativeJsonSchema(ask().build())).isTrue();
        assertThat(codec().nativeJsonSchema(ask().tools(WEATHER).build())).isFalse();
        assertThat(codec().nativeJsonSchema(
                                ask().extra("documents", List.of("x")).build()))
                .isFalse();
    }
}
