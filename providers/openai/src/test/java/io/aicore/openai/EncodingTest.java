package io.aicore.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.chat.CompletionRequestBuilder;
import io.aicore.llm.chat.Content;
import io.aicore.llm.chat.Message;
import io.aicore.llm.chat.ReasoningEffort;
import io.aicore.llm.chat.ResponseFormat;
import io.aicore.llm.chat.Tool;
import io.aicore.llm.chat.ToolCall;
import io.aicore.llm.chat.ToolChoice;
import io.aicore.llm.codec.JsonEndpoint;
import io.aicore.llm.codec.completions.ChatCompletions;
import io.aicore.llm.codec.json.Json;
import io.aicore.llm.codec.json.JsonFields;
import io.aicore.llm.error.InvalidRequestException;
import io.aicore.llm.error.LlmException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EncodingTest extends Fixtures {

    private static CompletionRequestBuilder ask() {
        return CompletionRequest.builder().model("m-1").user("hello");
    }

    @Test
    void sendsOnlyWhatTheRequestSays() {
        assertJson(
                encode("openai", ask()),
                "{\"model\":\"m-1\",\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}],\"stream\":false}");
    }

    @Test
    void encodesTheSameRequestToTheSameBytes() {
        CompletionRequest request = ask().tools(Tool.of("f", "d", Map.of("type", "object")))
                .message(Message.calls(new ToolCall("c", "f", "{}"))
                        .reasoning("r")
                        .extra(Map.of("prefix", 1, "audio", 2, "name", 3)))
                .extra("k", List.of(1, 2))
                .build();
        CompletionRequest again = request.toBuilder().build();

        byte[] bytes = codec().encode(request, true).body();

        assertThat(codec().encode(request, true).body()).isEqualTo(bytes);
        assertThat(codec().encode(again, true).body()).isEqualTo(bytes);
        assertThat(new String(bytes, StandardCharsets.UTF_8)).contains("\"audio\":2,\"name\":3,\"prefix\":1");
    }

    @Test
    void encodesSampling() {
        JsonFields body = encode(
                "openai",
                ask().temperature(0.5).topP(0.9).maxTokens(64).stop("a", "b").seed(7L));

        assertThat(body.at("temperature").number()).isEqualTo(0.5);
        assertThat(body.at("top_p").number()).isEqualTo(0.9);
        assertThat(body.at("max_completion_tokens").index()).isEqualTo(64);
        assertThat(body.has("max_tokens")).isFalse();
        assertJson(body.at("stop"), "[\"a\",\"b\"]");
        assertThat(body.at("seed").index()).isEqualTo(7);
    }

    @Test
    void encodesTextAndImagesAsParts() {
        CompletionRequest request = CompletionRequest.builder()
                .model("m-1")
                .system("be brief")
                .message(Message.user(
                        Content.text("what is it?"),
                        new Content.Image("https://example.org/a.png", "low"),
                        Content.image(new byte[] {1, 2}, "image/png")))
                .build();

        assertThat(encode("openai", request, false).at("messages"))
                .isEqualTo(Json.read("[{\"role\":\"system\",\"content\":\"be brief\"},{\"role\":\"user\",\"content\":["
                        + "{\"type\":\"text\",\"text\":\"what is it?\"},"
                        + "{\"type\":\"image_url\",\"image_url\":{\"url\":\"https://example.org/a.png\",\"detail\":\"low\"}},"
                        + "{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/png;base64,AQI=\"}}]}]"));
        assertThat(Content.image(URI.create("https://example.org/b.png")).detail())
                .isNull();
    }

    @Test
    void encodesToolsAndTheirResults() {
        Tool tool = new Tool("weather", "of a city", Map.of("type", "object"), true);
        CompletionRequest request = ask().tools(tool)
                .toolChoice(ToolChoice.named("weather"))
                .parallelToolCalls(false)
                .message(Message.calls(new ToolCall("call-1", "weather", "")))
                .message(Message.tool("call-1", "rain"))
                .build();

        JsonFields body = encode("openai", request, false);

        assertJson(
                body.at("tools"),
                "[{\"type\":\"function\",\"function\":{\"name\":\"weather\","
                        + "\"description\":\"of a city\",\"parameters\":{\"type\":\"object\"},\"strict\":true}}]");
        assertJson(body.at("tool_choice"), "{\"type\":\"function\",\"function\":{\"name\":\"weather\"}}");
        assertThat(body.scalar("parallel_tool_calls")).isEqualTo("false");
        assertJson(
                body.at("messages").at(1),
                "{\"role\":\"assistant\",\"content\":null,\"tool_calls\":["
                        + "{\"id\":\"call-1\",\"type\":\"function\",\"function\":{\"name\":\"weather\",\"arguments\":\"{}\"}}]}");
        assertJson(body.at("messages").at(2), "{\"role\":\"tool\",\"tool_call_id\":\"call-1\",\"content\":\"rain\"}");
    }

    @Test
    void leavesOutToolSettingsWithoutTools() {
        JsonFields body =
                encode("openai", ask().toolChoice(ToolChoice.required()).parallelToolCalls(true));

        assertThat(body.has("tool_choice")).isFalse();
        assertThat(body.has("parallel_tool_calls")).isFalse();
    }

    @Test
    void encodesTheFormOfTheAnswer() {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        schema.put("additionalProperties", false);

        assertJson(
                encode("openai", ask().responseFormat(ResponseFormat.json())).at("response_format"),
                "{\"type\":\"json_object\"}");
        assertJson(
                encode("openai", ask().responseFormat(ResponseFormat.jsonSchema("city", schema)))
                        .at("response_format"),
                "{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"city\","
                        + "\"schema\":{\"type\":\"object\",\"additionalProperties\":false},\"strict\":true}}");
        assertThat(encode("openai", ask().responseFormat(ResponseFormat.text())).has("response_format"))
                .isFalse();
    }

    @Test
    void fieldsOfAnotherProtocolStayAtHome() {
        Map<String, Object> extra = Map.of("anthropic_content", List.of("x"), "parts", List.of("y"), "name", "Ada");
        Message begunElsewhere = Message.assistant("hi").extra(extra);

        JsonFields message =
                encode("openai", ask().message(begunElsewhere)).at("messages").at(1);

        assertThat(message.members().keySet()).containsExactly("role", "content", "name");
    }

    @Test
    void extraFieldsWin() {
        JsonFields body =
                encode("openai", ask().temperature(0.5).extra("temperature", 1).extra("verbosity", "low"));

        assertThat(body.at("temperature").index()).isEqualTo(1);
        assertThat(body.at("verbosity").text()).isEqualTo("low");
    }

    @Test
    void asksForUsageInAStream() {
        JsonFields body = encode("openai", ask().build(), true);

        assertThat(body.at("stream").isTrue()).isTrue();
        assertThat(body.at("stream_options").at("include_usage").isTrue()).isTrue();
        assertThat(codec().encode(ask().build(), true).headers()).containsEntry("accept", "text/event-stream");
    }

    @ParameterizedTest
    @CsvSource({
        "openai, max_completion_tokens, true",
        "azure-openai, max_completion_tokens, true",
        "groq, max_completion_tokens, true",
        "deepseek, max_tokens, true",
        "xai, max_completion_tokens, false",
        "nvidia, max_tokens, true",
        "openrouter, max_tokens, false",
        "zai, max_tokens, false",
        "together, max_tokens, false",
        "fireworks, max_tokens, false",
        "cerebras, max_completion_tokens, false",
        "ollama-openai, max_tokens, true",
        "vllm, max_tokens, true",
        "llamacpp, max_tokens, true",
        "openai-compatible, max_tokens, false"
    })
    void namesFieldsAsTheHostDoes(String host, String maxTokens, boolean asksForUsage) {
        JsonFields body = encode(host, ask().maxTokens(5).seed(3L).build(), true);

        assertThat(body.at(maxTokens).index()).isEqualTo(5);
        assertThat(body.at("seed").index()).isEqualTo(3);
        assertThat(body.has("stream_options")).isEqualTo(asksForUsage);
        assertThat(body.size()).isEqualTo(asksForUsage ? 6 : 5);
    }

    @Test
    void saysTheEffortWhereTheHostLooksForIt() {
        CompletionRequest low = ask().reasoningEffort(ReasoningEffort.LOW).build();
        CompletionRequest none = ask().reasoningEffort(ReasoningEffort.NONE).build();

        assertThat(encode("openai", low, false).at("reasoning_effort").text()).isEqualTo("low");
        assertJson(encode("openrouter", low, false).at("reasoning"), "{\"effort\":\"low\"}");
        assertJson(encode("zai", low, false).at("thinking"), "{\"type\":\"enabled\"}");
        assertJson(encode("zai", none, false).at("thinking"), "{\"type\":\"disabled\"}");
    }

    @Test
    void sendsReasoningBackOnlyWithinTheTurn() {
        Message thought = Message.calls(new ToolCall("c", "f", "{}")).reasoning("because");
        CompletionRequest goingOn =
                ask().message(thought).message(Message.tool("c", "1")).build();
        CompletionRequest nextTurn = goingOn.toBuilder().user("and now?").build();

        assertThat(encode("deepseek", goingOn, false)
                        .at("messages")
                        .at(1)
                        .at("reasoning_content")
                        .text())
                .isEqualTo("because");
        assertThat(encode("deepseek", nextTurn, false).at("messages").at(1).has("reasoning_content"))
                .isFalse();
        assertThat(encode("openai", goingOn, false).at("messages").at(1).has("reasoning_content"))
                .isFalse();
    }

    @Test
    void sendsBackWhatTheHostWantsBack() {
        Completion answer = Completion.of("hi")
                .extra(Map.of("reasoning_details", List.of(Map.of("type", "reasoning.encrypted", "data", "xyz"))));

        JsonFields body = encode("openrouter", ask().message(answer.message()));

        assertJson(
                body.at("messages").at(1).at("reasoning_details"),
                "[{\"type\":\"reasoning.encrypted\",\"data\":\"xyz\"}]");
    }

    @Test
    void aRequestThatCannotBeWrittenFailsWithoutItsContent() {
        Map<String, Object> endless = new LinkedHashMap<>();
        endless.put("secret plan", endless);
        CompletionRequest request = ask().extra("plan", endless).build();

        LlmException failure = catchThrowableOfType(LlmException.class, () -> codec().encode(request, false));

        assertThat(failure).isInstanceOf(InvalidRequestException.class);
        assertThat(failure.retryable()).isFalse();
        assertThat(failure).hasMessageNotContaining("hello").hasMessageNotContaining("secret plan");
    }

    @Test
    void putsTheModelIntoThePathWhereItBelongs() {
        ChatCompletions azure = new ChatCompletions(
                JsonEndpoint.of("azure-openai", "/d/{model}/chat/completions?api-version=v", Map.of("api-key", "k")),
                Dialect.OPENAI);

        assertThat(azure.encode(ask().model("my model/1").build(), false).path())
                .isEqualTo("/d/my%20model%2F1/chat/completions?api-version=v");
        assertThat(azure.toString()).doesNotContain("k\"").doesNotContain("api-key");
    }

    @ParameterizedTest
    @CsvSource({
        "openai, gpt-4o, true",
        "openai, gpt-4.1, true",
        "openai, gpt-4-turbo, false",
        "openai, gpt-4, false",
        "openai, gpt-3.5-turbo, false",
        "openai, gpt-4o-2024-05-13, false",
        "openai, o1-mini, false",
        "azure-openai, my-deployment, true",
        "ollama-openai, llama, true",
        "groq, llama-3.1-8b-instant, false",
        "deepseek, deepseek-v4-pro, false",
        "openai-compatible, any, false",
    })
    void schemasGoOutOnlyWhereTheModelHoldsItsAnswersToThem(String host, String model, boolean can) {
        CompletionRequest request =
                CompletionRequest.builder().model(model).user("hello").build();

        assertThat(codec(host).nativeJsonSchema(request)).isEqualTo(can);
    }
}
