package io.aicore.mistral;

import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.chat.CompletionRequestBuilder;
import io.aicore.llm.chat.Content;
import io.aicore.llm.chat.Message;
import io.aicore.llm.chat.ReasoningEffort;
import io.aicore.llm.chat.ResponseFormat;
import io.aicore.llm.chat.Role;
import io.aicore.llm.chat.Tool;
import io.aicore.llm.chat.ToolCall;
import io.aicore.llm.chat.ToolChoice;
import io.aicore.llm.codec.CallIds;
import io.aicore.llm.codec.json.JsonFields;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EncodingTest extends Fixtures {

    private static final Tool WEATHER = new Tool("weather", "of a city", Map.of("type", "object"), true);

    private static CompletionRequestBuilder ask() {
        return CompletionRequest.builder().model("m-1").user("hello");
    }

    private static Message turn(String text, ToolCall call, Map<String, Object> extra) {
        List<Content> content = text.isEmpty() ? List.of() : List.of(Content.text(text));
        return new Message(Role.ASSISTANT, content, call == null ? List.of() : List.of(call), null, "why", extra);
    }

    private static JsonFields message(JsonFields body, int index) {
        return body.at("messages").at(index);
    }

    @Test
    void sendsOnlyWhatTheRequestSays() {
        assertThat(codec().encode(ask().build(), false).body())
                .asString(StandardCharsets.UTF_8)
                .isEqualTo(
                        "{\"model\":\"m-1\",\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}],\"stream\":false}");
        assertThat(encode(ask().build(), true).members().keySet()).containsExactly("model", "messages", "stream");
        assertThat(codec().encode(ask().build(), true).path()).isEqualTo("/chat/completions");
        assertThat(codec().encode(ask().build(), true).headers()).containsEntry("accept", "text/event-stream");
        assertThat(codec().toString()).doesNotContain("k-1");
    }

    @Test
    void encodesSampling() {
        JsonFields body = encode(
                ask().temperature(0.5).topP(0.9).maxTokens(64).stop("a", "b").seed(7L));

        assertThat(body.at("temperature").number()).isEqualTo(0.5);
        assertThat(body.at("top_p").number()).isEqualTo(0.9);
        assertThat(body.at("max_tokens").index()).isEqualTo(64);
        assertJson(body.at("stop"), "[\"a\",\"b\"]");
        assertThat(body.at("random_seed").index()).isEqualTo(7);
        assertThat(body.has("seed")).isFalse();
    }

    @Test
    void encodesTextAndImagesAsChunks() {
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
        JsonFields body = encode(ask().tools(WEATHER, Tool.of("now", "", Map.of()))
                .toolChoice(ToolChoice.named("weather"))
                .parallelToolCalls(false)
                .message(turn("", new ToolCall("a1B2c3D4e", "weather", ""), Map.of()))
                .message(Message.tool("a1B2c3D4e", "rain").extra(Map.of("name", "weather", "other", 1))));

        assertJson(
                body.at("tools"),
                "[{\"type\":\"function\",\"function\":{\"name\":\"weather\","
                        + "\"description\":\"of a city\",\"parameters\":{\"type\":\"object\"},\"strict\":true}},"
                        + "{\"type\":\"function\",\"function\":{\"name\":\"now\","
                        + "\"parameters\":{\"type\":\"object\",\"properties\":{}}}}]");
        assertJson(body.at("tool_choice"), "{\"type\":\"function\",\"function\":{\"name\":\"weather\"}}");
        assertThat(body.scalar("parallel_tool_calls")).isEqualTo("false");
        assertJson(
                message(body, 1),
                "{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[{\"id\":\"a1B2c3D4e\","
                        + "\"type\":\"function\",\"function\":{\"name\":\"weather\",\"arguments\":\"{}\"}}]}");
        assertJson(
                message(body, 2),
                "{\"role\":\"tool\",\"tool_call_id\":\"a1B2c3D4e\",\"name\":\"weather\"," + "\"content\":\"rain\"}");
    }

    @Test
    void saysTheChoiceInTheApisWords() {
        assertThat(encode(ask().tools(WEATHER).toolChoice(ToolChoice.required()))
                        .at("tool_choice")
                        .text())
                .isEqualTo("any");
        assertThat(encode(ask().tools(WEATHER).toolChoice(ToolChoice.none()))
                        .at("tool_choice")
                        .text())
                .isEqualTo("none");
        assertThat(encode(ask().tools(WEATHER).toolChoice(ToolChoice.auto()))
                        .at("tool_choice")
                        .text())
                .isEqualTo("auto");
        assertThat(encode(ask().toolChoice(ToolChoice.required())).has("tool_choice"))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({"call_abc", "toolu_01234567890", "a1b2", "a1b2c3d4-", "chatcmpl-tool-0123456789abcdef", "'für neun'"})
    void idsFromElsewhereBecomeNineLettersOrDigits(String id) {
        JsonFields body = encode(
                ask().message(turn("", new ToolCall(id, "f", "{}"), Map.of())).message(Message.tool(id, "1")));

        String call = message(body, 1).at("tool_calls").at(0).at("id").text();
        assertThat(call).matches("[A-Za-z0-9]{9}");
        assertThat(message(body, 2).at("tool_call_id").text()).isEqualTo(call);
        assertThat(CallIds.exactly(9).of(id + "x")).isNotEqualTo(call);
    }

    @Test
    void encodesTheFormOfTheAnswer() {
        assertJson(
                encode(ask().responseFormat(ResponseFormat.json())).at("response_format"),
                "{\"type\":\"json_object\"}");
        assertJson(
                encode(ask().responseFormat(ResponseFormat.jsonSchema("city", Map.of("type", "object"))))
                        .at("response_format"),
                "{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"city\","
                        + "\"schema\":{\"type\":\"object\"},\"strict\":true}}");
        assertThat(encode(ask().responseFormat(ResponseFormat.text())).has("response_format"))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "mistral-small-latest, HIGH, reasoning_effort, high",
        "mistral-small-latest, NONE, reasoning_effort, none",
        "magistral-medium-latest, HIGH, prompt_mode, reasoning",
        "magistral-medium-latest, NONE, , ",
    })
    void saysTheEffortAsTheModelKnowsIt(String model, ReasoningEffort effort, String field, String value) {
        JsonFields body = encode(ask().model(model).reasoningEffort(effort));

        if (field == null) {
            assertThat(body.members().keySet()).containsExactly("model", "messages", "stream");
        } else {
            assertThat(body.members().keySet()).containsExactly("model", "messages", field, "stream");
            assertThat(body.at(field).text()).isEqualTo(value);
        }
    }

    @Test
    void extraFieldsGoOutAndWin() {
        JsonFields body = encode(ask().temperature(0.5).extra("temperature", 1).extra("safe_prompt", true));

        assertThat(body.at("temperature").index()).isEqualTo(1);
        assertThat(body.at("safe_prompt").isTrue()).isTrue();
    }

    @Test
    void ofAMessageOnlyFieldsOfItsRoleAreSent() {
        Map<String, Object> extra = Map.of("prefix", true, "anthropic_content", List.of("x"), "name", "n");
        JsonFields body = encode(ask().message(turn("The answer is", null, extra))
                .message(Message.user("?").extra(extra)));

        assertJson(message(body, 1), "{\"role\":\"assistant\",\"content\":\"The answer is\",\"prefix\":true}");
        assertThat(message(body, 2).members().keySet()).containsExactly("role", "content");
    }

    @Test
    void thinkingAndReferencesGoBackAsTheyCame() {
        String content = "[" + thinking("hm", true) + ",{\"type\":\"text\",\"text\":\"Paris\"},"
                + "{\"type\":\"reference\",\"reference_ids\":[1,2]}]";
        Completion answer = decode(answer("{\"content\":" + content + "}", "\"stop\""));

        JsonFields body = encode(ask().message(answer.message()));

        assertJson(message(body, 1).at("content"), content);
    }

    @Test
    void aTurnThatWasChangedSinceGoesOutAsItIsNow() {
        Map<String, Object> extra = Map.of("mistral_content", List.of(Map.of("type", "text", "text", "old")));

        JsonFields body = encode(ask().message(turn("new", null, extra)));

        assertThat(message(body, 1).at("content").text()).isEqualTo("new");
    }

    @Test
    void holdsAnswersToASchemaItself() {
        assertThat(codec().nativeJsonSchema(ask().build())).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "magistral-medium-latest, NONE, reasoning effort none left out: the model always thinks",
        "magistral-medium-latest, LOW, reasoning effort low sent as prompt_mode reasoning: the model does not support it",
        "mistral-medium-latest, HIGH, ",
        "mistral-medium-latest, NONE, "
    })
    void anEffortThatIsRoundedIsNamed(String model, ReasoningEffort effort, @Nullable String warning) {
        CompletionRequest request = CompletionRequest.builder()
                .user("hi")
                .model(model)
                .reasoningEffort(effort)
                .build();

        assertThat(codec().warnings(request)).isEqualTo(warning == null ? List.of() : List.of(warning));
    }
}
