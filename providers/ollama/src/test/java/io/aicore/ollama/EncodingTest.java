package io.aicore.ollama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

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
import io.aicore.llm.codec.wire.WireRequest;
import io.aicore.llm.error.InvalidRequestException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
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

    private static Message calls(ToolCall... calls) {
        return Message.calls(calls).reasoning("because").extra(Map.of("signature", "of others"));
    }

    private static void refuses(CompletionRequest request, String why) {
        assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(() -> codec().encode(request, false))
                .withMessageContaining(why)
                .matches(failure -> !failure.retryable())
                .matches(failure -> "llama3.2".equals(failure.model()));
    }

    @Test
    void aPlainQuestionSaysThatItIsNoStream() {
        assertThat(new String(codec().encode(REQUEST, false).body(), StandardCharsets.UTF_8))
                .isEqualTo("{\"model\":\"llama3.2\",\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}],"
                        + "\"stream\":false}");
    }

    @Test
    void asksForAStream() {
        WireRequest request = codec().encode(REQUEST, true);

        assertThat(request.path()).isEqualTo("/api/chat");
        assertThat(request.headers()).containsEntry("accept", "application/x-ndjson");
        assertThat(Json.read(request.body()).at("stream").isTrue()).isTrue();
    }

    @Test
    void samplingValuesAreOptions() {
        assertJson(
                encode(request()
                                .temperature(0.2)
                                .topP(0.9)
                                .maxTokens(64)
                                .seed(7L)
                                .stop("END", "STOP"))
                        .at("options"),
                "{\"temperature\":0.2,\"top_p\":0.9,\"num_predict\":64,\"seed\":7,\"stop\":[\"END\",\"STOP\"]}");
    }

    @Test
    void optionsOfOnesOwnStandBesideOursAndWin() {
        JsonFields body = encode(request()
                .temperature(0.2)
                .maxTokens(64)
                .extra("options", Map.of("num_ctx", 8_192, "temperature", 1))
                .extra("keep_alive", "5m"));

        assertJson(body.at("options"), "{\"temperature\":1,\"num_predict\":64,\"num_ctx\":8192}");
        assertJson(body.at("keep_alive"), "\"5m\"");
    }

    @Test
    void imagesSentAlongStandBesideTheText() {
        Message question = Message.user(
                Content.text("what "), Content.image(new byte[] {1, 2, 3}, "image/png"), Content.text("is it?"));

        assertJson(
                encode(request().messages(List.of(question))).at("messages").at(0),
                "{\"role\":\"user\",\"content\":\"what is it?\",\"images\":[\"AQID\"]}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://x.test/a.png", "data:image/png,raw", "file:/a.png"})
    void imagesByAddressAreRefusedBeforeAnythingIsSent(String address) {
        refuses(
                request()
                        .messages(List.of(Message.user(Content.image(URI.create(address)))))
                        .build(),
                "an image by address");
    }

    @Test
    void aResultNamesTheToolOfTheLastCallWithItsId() {
        JsonFields messages = encode(request()
                        .message(calls(new ToolCall("call_0", "weather", "{\"city\":\"Bern\"}")))
                        .message(Message.tool("call_0", "15 C"))
                        .message(calls(new ToolCall("call_0", "now", "")))
                        .message(Message.tool("call_0", "noon"))
                        .message(Message.tool("of nobody", "x")))
                .at("messages");

        assertJson(
                messages.at(1),
                "{\"role\":\"assistant\",\"content\":\"\",\"thinking\":\"because\",\"tool_calls\":"
                        + "[{\"id\":\"call_0\",\"function\":{\"name\":\"weather\",\"arguments\":{\"city\":\"Bern\"}}}]}");
        assertJson(
                messages.at(2),
                "{\"role\":\"tool\",\"content\":\"15 C\",\"tool_name\":\"weather\",\"tool_call_id\":\"call_0\"}");
        assertJson(messages.at(3).at("tool_calls").at(0).at("function"), "{\"name\":\"now\",\"arguments\":{}}");
        assertJson(messages.at(4).at("tool_name"), "\"now\"");
        assertJson(messages.at(5), "{\"role\":\"tool\",\"content\":\"x\",\"tool_call_id\":\"of nobody\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"city\":", "[1]", "\"Bern\""})
    void argumentsThatAreNoObjectAreRefusedWithoutShowingThem(String arguments) {
        CompletionRequest request = request()
                .message(calls(new ToolCall("t-1", "weather", arguments)))
                .build();

        refuses(request, "the arguments of a tool call");
        assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(() -> codec().encode(request, true))
                .withMessageNotContaining("Bern");
    }

    @Test
    void toolsHaveASchemaWithItsParts() {
        assertJson(
                encode(request().tools(WEATHER, new Tool("now", "", Map.of(), true)))
                        .at("tools"),
                "[{\"type\":\"function\",\"function\":{\"name\":\"weather\",\"description\":\"of a city\",\"parameters\":"
                        + "{\"type\":\"object\",\"properties\":{\"city\":{\"type\":\"string\"}}}}},"
                        + "{\"type\":\"function\",\"function\":{\"name\":\"now\",\"description\":\"\",\"parameters\":"
                        + "{\"type\":\"object\",\"properties\":{}}}}]");
    }

    @Test
    void noToolsAreOfferedWhereNoneMayBeCalled() {
        assertThat(encode(request().tools(WEATHER).toolChoice(ToolChoice.none()))
                        .at("tools")
                        .isMissing())
                .isTrue();
        assertThat(encode(request().tools(WEATHER).toolChoice(ToolChoice.auto()))
                        .at("tools")
                        .size())
                .isEqualTo(1);
    }

    @Test
    void aCallCannotBeRequired() {
        refuses(request().tools(WEATHER).toolChoice(ToolChoice.required()).build(), "tool choice");
        refuses(request().tools(WEATHER).toolChoice(ToolChoice.named("weather")).build(), "tool choice");
    }

    @Test
    void callsCannotBeKeptApart() {
        refuses(request().tools(WEATHER).parallelToolCalls(false).build(), "parallel tool calls");
        assertThat(encode(request().tools(WEATHER).parallelToolCalls(true))
                        .at("tools")
                        .size())
                .isEqualTo(1);
    }

    @Test
    void theFormIsAWordOrASchema() {
        assertJson(encode(request().responseFormat(ResponseFormat.json())).at("format"), "\"json\"");
        assertJson(
                encode(request().responseFormat(ResponseFormat.jsonSchema("city", Map.of("type", "object"))))
                        .at("format"),
                "{\"type\":\"object\"}");
        assertThat(encode(request().responseFormat(ResponseFormat.text()))
                        .at("format")
                        .isMissing())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "NONE, false",
        "MINIMAL, '\"low\"'",
        "LOW, '\"low\"'",
        "MEDIUM, '\"medium\"'",
        "HIGH, '\"high\"'",
        "XHIGH, '\"high\"'",
        "MAX, '\"high\"'"
    })
    void anEffortIsAThought(ReasoningEffort effort, String think) {
        assertJson(encode(request().reasoningEffort(effort)).at("think"), think);
    }

    @Test
    void fieldsOfTheApiWinOverOurs() {
        JsonFields body = encode(request()
                .reasoningEffort(ReasoningEffort.LOW)
                .extra("think", true)
                .extra("truncate", false));

        assertJson(body.at("think"), "true");
        assertJson(body.at("truncate"), "false");
    }

    @Test
    void whatJsonCannotSayIsRefused() {
        Object deep = "x";
        for (int i = 0; i < 300; i++) {
            deep = List.of(deep);
        }
        refuses(request().extra("deep", deep).build(), "cannot be written as JSON");
    }
}
