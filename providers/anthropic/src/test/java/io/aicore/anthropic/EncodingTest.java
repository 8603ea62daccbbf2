package io.aicore.anthropic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

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
import io.aicore.llm.codec.JsonEndpoint;
import io.aicore.llm.codec.json.Json;
import io.aicore.llm.codec.json.JsonFields;
import io.aicore.llm.codec.wire.WireRequest;
import io.aicore.llm.error.InvalidRequestException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EncodingTest extends Fixtures {

    private static final Tool WEATHER =
            Tool.of("weather", "of a city", Map.of("properties", Map.of("city", Map.of("type", "string"))));

    private static CompletionRequestBuilder request() {
        return REQUEST.toBuilder();
    }

    private static Message message(Role role, String text, Map<String, Object> extra, ToolCall... calls) {
        return new Message(
                role, List.of(Content.text(text)), List.of(calls), role == Role.TOOL ? "t-1" : null, null, extra);
    }

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
    void systemMessagesLeaveTheConversation() {
        assertJson(encode(request().system("be brief")).at("system"), "\"be brief\"");
        JsonFields marked = encode(request()
                .message(message(Role.SYSTEM, "long", Map.of("cache_control", Map.of("type", "ephemeral")))));
        assertJson(
                marked.at("system"),
                "[{\"type\":\"text\",\"text\":\"long\",\"cache_control\":{\"type\":\"ephemeral\"}}]");
        assertThat(marked.at("messages").size()).isEqualTo(1);
    }

    @Test
    void sendsImagesByAddressAndByContent() {
        Message images = Message.user(
                Content.text("compare"),
                Content.image(URI.create("https://x.test/a.png")),
                Content.image(new byte[] {1, 2, 3}, "image/png"));

        assertJson(
                encode(request().messages(List.of(images))).at("messages").at(0).at("content"),
                "[{\"type\":\"text\",\"text\":\"compare\"},"
                        + "{\"type\":\"image\",\"source\":{\"type\":\"url\",\"url\":\"https://x.test/a.png\"}},"
                        + "{\"type\":\"image\",\"source\":{\"type\":\"base64\",\"media_type\":\"image/png\",\"data\":\"AQID\"}}]");
    }

    @Test
    void resultsStandFirstInTheTurnAfterTheirCalls() {
        Message calls =
                Message.calls(new ToolCall("t-1", "weather", "{\"city\":\"Bern\"}"), new ToolCall("t-2", "now", ""));
        JsonFields messages = encode(request()
                        .message(calls)
                        .message(message(Role.TOOL, "15 C", Map.of("is_error", false)))
                        .message(Message.user("and?"))
                        .message(Message.tool("t-2", "")))
                .at("messages");

        assertJson(
                messages.at(1).at("content"),
                "[{\"type\":\"tool_use\",\"id\":\"t-1\",\"name\":\"weather\",\"input\":{\"city\":\"Bern\"}},"
                        + "{\"type\":\"tool_use\",\"id\":\"t-2\",\"name\":\"now\",\"input\":{}}]");
        assertJson(
                messages.at(2),
                "{\"role\":\"user\",\"content\":["
                        + "{\"type\":\"tool_result\",\"tool_use_id\":\"t-1\",\"content\":\"15 C\",\"is_error\":false},"
                        + "{\"type\":\"tool_result\",\"tool_use_id\":\"t-2\"},"
                        + "{\"type\":\"text\",\"text\":\"and?\"}]}");
        assertThat(messages.size()).isEqualTo(3);
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
    void aMessagesCacheMarkStandsOnItsLastBlock() {
        Message marked = Message.user(Content.text("a"), Content.text(""), Content.text("b"))
                .extra(Map.of("cache_control", Map.of("type", "ephemeral"), "of_another_host", "x"));

        assertJson(
                encode(request().messages(List.of(marked))).at("messages").at(0).at("content"),
                "[{\"type\":\"text\",\"text\":\"a\"},"
                        + "{\"type\":\"text\",\"text\":\"b\",\"cache_control\":{\"type\":\"ephemeral\"}}]");
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
    void anAnswersBlocksStayOutOfAUsersTurn() {
        Map<String, Object> quote = Map.of("type", "text", "text", "so", "citations", List.of(Map.of("n", 3)));
        Message echoed = message(Role.USER, "so", Map.of(Blocks.KEPT, List.of(quote)));

        assertJson(
                encode(request().messages(List.of(echoed))).at("messages"), "[{\"role\":\"user\",\"content\":\"so\"}]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"secret words", "[1]", "{\"city\":\"secret wo"})
    void argumentsThatAreNoObjectAreRefusedHere(String arguments) {
        Message call = message(Role.ASSISTANT, "x", Map.of(), new ToolCall("t-1", "weather", arguments));

        assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(() -> encode(request().message(call)))
                .withMessageContaining("arguments of a tool call")
                .withMessageNotContaining("secret")
                .matches(failure -> !failure.retryable());
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

    @Test
    void idsOfOthersBecomeThoseThatAreTaken() {
        Message asked = message(
                Role.ASSISTANT,
                "",
                Map.of(),
                new ToolCall("functions.weather:0", "weather", "\"{\\\"city\\\":\\\"Ulm\\\"}\""),
                new ToolCall("functions.weather.0", "now", "null"));
        JsonFields messages = encode(request()
                        .message(asked)
                        .message(Message.tool("functions.weather:0", "sunny"))
                        .message(Message.tool("functions.weather.0", "noon")))
                .at("messages");

        JsonFields calls = messages.at(1).at("content");
        JsonFields results = messages.at(2).at("content");
        String first = calls.at(0).at("id").text();
        assertThat(first).matches("[a-zA-Z0-9_-]{1,64}");
        assertThat(results.at(0).at("tool_use_id").text()).isEqualTo(first);
        assertThat(calls.at(1).at("id").text())
                .isEqualTo(results.at(1).at("tool_use_id").text())
                .isNotEqualTo(first);
        assertJson(calls.at(0).at("input"), "{\"city\":\"Ulm\"}");
        assertJson(calls.at(1).at("input"), "{}");
    }

    @Test
    void keptCallsGoBackUnderTheIdsOfTheConversation() {
        Map<String, Object> use = Map.of("type", "tool_use", "id", "a", "name", "f", "input", Map.of("x", 1));
        Message asked = message(
                Role.ASSISTANT,
                "",
                Map.of(Blocks.KEPT, List.of(Map.of("type", "thinking", "thinking", "hm", "signature", "s"), use, use)),
                new ToolCall("a", "f", "{\"x\":1}"),
                new ToolCall("a_2", "f", "{\"x\":1}"));

        JsonFields blocks =
                encode(request().message(asked)).at("messages").at(1).at("content");
        assertThat(blocks.at(1).at("id").text()).isEqualTo("a");
        assertThat(blocks.at(2).at("id").text()).isEqualTo("a_2");
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
