package io.aicore.anthropic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.chat.Content;
import io.aicore.llm.chat.Message;
import io.aicore.llm.chat.ResponseFormat;
import io.aicore.llm.chat.Tool;
import io.aicore.llm.chat.ToolChoice;
import io.aicore.llm.codec.JsonEndpoint;
import io.aicore.llm.codec.json.Json;
import io.aicore.llm.codec.json.JsonFields;
import io.aicore.llm.codec.wire.WireRequest;
import io.aicore.llm.error.InvalidRequestException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EncodingTest extends Fixtures {

    private static final Tool WEATHER =
            Tool.of("weather", "of a city", Map.of("properties", Map.of("city", Map.of("type", "string"))));

    @Test
    void aPlainQuestionNeedsALimit() {
        assertJson(
                encode(REQUEST),
                "{\"model\":\"claude-haiku-4-5\",\"max_tokens\":4096,\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}],\"stream\":false}");
    }

    @Test
    void asksForAStream() {
        WireRequest request = codec().encode(REQUEST, true);

        assertThat(Json.read(request.body()).at("stream").isTrue()).isTrue();
        assertThat(request.headers())
                .containsEntry("accept", "text/event-stream")
                .containsEntry("anthropic-version", "2023-06-01");
    }

    @Test
    void toolsHaveASchemaWithItsType() {
        JsonFields body = encode(request().tools(WEATHER, new Tool("now", "", Map.of(), true)));

        assertJson(
                body.at("tools"),
                "[{\"name\":\"weather\",\"description\":\"of a city\",\"input_schema\":"
                        + "{\"type\":\"object\",\"properties\":{\"city\":{\"type\":\"string\"}}}},"
                        + "{\"name\":\"now\",\"input_schema\":{\"type\":\"object\"},\"strict\":true}]");
        assertThat(body.at("tool_choice").isMissing()).isTrue();
    }

    @Test
    void saysWhetherAToolMustBeCalled() {
        assertJson(choice(ToolChoice.auto()), "{\"type\":\"auto\"}");
        assertJson(choice(ToolChoice.none()), "{\"type\":\"none\"}");
        assertJson(choice(ToolChoice.required()), "{\"type\":\"any\"}");
        assertJson(choice(ToolChoice.named("weather")), "{\"type\":\"tool\",\"name\":\"weather\"}");
        assertJson(
                encode(request().tools(WEATHER).parallelToolCalls(false)).at("tool_choice"),
                "{\"type\":\"auto\",\"disable_parallel_tool_use\":true}");
        assertThat(encode(request().toolChoice(ToolChoice.auto()))
                        .at("tool_choice")
                        .isMissing())
                .isTrue();
    }

    private JsonFields choice(ToolChoice choice) {
        return encode(request().tools(WEATHER).toolChoice(choice)).at("tool_choice");
    }

    @Test
    void extraFieldsWin() {
        JsonFields body = encode(request()
                .extra("top_k", 5)
                .extra("max_tokens", 99)
                .extra("cache_control", Map.of("type", "ephemeral")));

        assertThat(body.whole("top_k")).isEqualTo(5);
        assertThat(body.whole("max_tokens")).isEqualTo(99);
        assertJson(body.at("cache_control"), "{\"type\":\"ephemeral\"}");
    }

    @Test
    void toolsAreMarkedWhereTheyAreWrittenOut() {
        Map<String, Object> marked = Map.of(
                "name", "f", "input_schema", Map.of("type", "object"), "cache_control", Map.of("type", "ephemeral"));

        assertJson(
                encode(request().tools(Tool.of("f", "", Map.of())).extra("tools", List.of(marked)))
                        .at("tools"),
                "[{\"name\":\"f\",\"input_schema\":{\"type\":\"object\"},"
                        + "\"cache_control\":{\"type\":\"ephemeral\"}}]");
    }

    @Test
    void aRequestsBetaFeaturesAreAHeaderBesideTheProviders() {
        AnthropicCodec codec = new AnthropicCodec(
                JsonEndpoint.of("anthropic", "/v1/messages", Map.of("anthropic-beta", "one")),
                new RequestEncoder("2023-06-01"));
        WireRequest one = codec.encode(request().extra("betas", "two, three").build(), false);
        WireRequest several =
                codec.encode(request().extra("betas", List.of("two", "three")).build(), true);

        assertThat(one.headers()).containsEntry("anthropic-beta", "one,two, three");
        assertThat(several.headers()).containsEntry("anthropic-beta", "one,two,three");
        assertThat(Json.read(several.body()).has("betas")).isFalse();
        assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(() -> encode(request().extra("betas", List.of("a\r\nx-api-key: b"))))
                .withMessageContaining("extra field betas");
    }

    @Test
    void whatTheApiDoesNotHaveIsRefusedHere() {
        assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(() -> encode(request().responseFormat(ResponseFormat.json())))
                .withMessageContaining("response format json");
        Message image = Message.user(new Content.Image("data:image/png,raw", null));
        assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(() -> encode(request().messages(List.of(image))))
                .withMessageContaining("data URL");
        Map<String, Object> deep = Map.of();
        for (int depth = 0; depth < 300; depth++) {
            deep = Map.of("in", deep);
        }
        CompletionRequest tooDeep = request().extra("deep", deep).build();
        assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(() -> encode(tooDeep))
                .withMessageContaining("JSON");
    }
}
