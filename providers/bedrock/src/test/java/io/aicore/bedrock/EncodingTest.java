package io.aicore.bedrock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.CompletionRequestBuilder;
import io.aicore.llm.chat.Content;
import io.aicore.llm.chat.Message;
import io.aicore.llm.chat.ReasoningEffort;
import io.aicore.llm.chat.ResponseFormat;
import io.aicore.llm.chat.Role;
import io.aicore.llm.chat.Tool;
import io.aicore.llm.chat.ToolCall;
import io.aicore.llm.chat.ToolChoice;
import io.aicore.llm.codec.json.JsonFields;
import io.aicore.llm.error.InvalidRequestException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EncodingTest extends Fixtures {

    private void refuses(CompletionRequestBuilder request, String why) {
        assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(() -> codec.encode(request.build(), false))
                .withMessageContaining(why);
    }

    @Test
    void onlyWhatIsSaidIsSent() {
        assertJson(encode(request()), "{\"messages\":[{\"role\":\"user\",\"content\":[{\"text\":\"hello\"}]}]}");
        assertJson(
                encode(request()
                                .maxTokens(5)
                                .temperature(0.5)
                                .topP(0.9)
                                .stop("END")
                                .seed(3L))
                        .at("inferenceConfig"),
                "{\"maxTokens\":5,\"temperature\":0.5,\"topP\":0.9,\"stopSequences\":[\"END\"]}");
        assertJson(
                encode(request().extra("additionalModelRequestFields", Map.of("k", 1)))
                        .at("additionalModelRequestFields"),
                "{\"k\":1}");
    }

    @Test
    void cachePointsStandBehindTheirMessage() {
        Map<String, Object> point = Map.of("cachePoint", Map.of("type", "default"));
        JsonFields body = encode(
                request().messages(List.of(message(Role.SYSTEM, "long", point), message(Role.USER, "longer", point))));

        assertJson(body.at("system"), "[{\"text\":\"long\"},{\"cachePoint\":{\"type\":\"default\"}}]");
        assertJson(
                body.at("messages").at(0).at("content"),
                "[{\"text\":\"longer\"},{\"cachePoint\":{\"type\":\"default\"}}]");
    }

    @Test
    void resultsStandFirstInTheTurnAfterTheirCalls() {
        Completion asked = decode(CALL, "tool_use");
        JsonFields messages = encode(request()
                        .message(asked.message())
                        .message(Message.user("and?"))
                        .message(message(Role.TOOL, "gone", Map.of("status", "error"))))
                .at("messages");

        assertJson(messages.at(1).at("content"), "[" + CALL + "]");
        assertJson(
                messages.at(2).at("content"),
                "[{\"toolResult\":{\"toolUseId\":\"t-1\",\"content\":[{\"text\":\"gone\"}],\"status\":\"error\"}},"
                        + "{\"text\":\"and?\"}]");
    }

    @Test
    void imagesAreBytesOrStandInS3() {
        assertJson(
                encode(request().messages(List.of(Message.user(Content.image(URI.create("s3://bucket/a/b.jpg"))))))
                        .at("messages")
                        .at(0)
                        .at("content"),
                "[{\"image\":{\"format\":\"jpeg\",\"source\":{\"s3Location\":{\"uri\":\"s3://bucket/a/b.jpg\"}}}}]");
        refuses(
                request().messages(List.of(Message.user(Content.image(URI.create("https://x.test/a.png"))))),
                "an image by address");
        refuses(request().messages(List.of(Message.user(Content.image(new byte[1], "image/tiff")))), "of a format");
    }

    @Test
    void blocksOfOnesOwnSayWhatAMessageCannot() {
        assertJson(
                encode(request()
                                .messages(List.of(message(
                                        Role.USER,
                                        "look",
                                        Map.of("bedrock_content", List.of(Map.of("document", Map.of("name", "a"))))))))
                        .at("messages")
                        .at(0)
                        .at("content"),
                "[{\"document\":{\"name\":\"a\"}}]");
    }

    @Test
    void saysWhetherAToolMustBeCalled() {
        CompletionRequestBuilder tools = request().tools(NOW, new Tool("later", "", Map.of(), true));

        assertJson(
                encode(tools).at("toolConfig"),
                "{\"tools\":[{\"toolSpec\":{\"name\":\"now\",\"inputSchema\":{\"json\":{\"type\":\"object\"}}}},"
                        + "{\"toolSpec\":{\"name\":\"later\",\"inputSchema\":{\"json\":{\"type\":\"object\"}},"
                        + "\"strict\":true}}]}");
        assertJson(encode(tools.toolChoice(ToolChoice.auto())).at("toolConfig", "toolChoice"), "{\"auto\":{}}");
        assertJson(encode(tools.toolChoice(ToolChoice.required())).at("toolConfig", "toolChoice"), "{\"any\":{}}");
        assertJson(
                encode(tools.toolChoice(ToolChoice.named("now"))).at("toolConfig", "toolChoice"),
                "{\"tool\":{\"name\":\"now\"}}");
        assertThat(encode(tools.toolChoice(ToolChoice.none())).at("toolConfig").isMissing())
                .isTrue();
    }

    @Test
    void whatTheProtocolLacksIsRefused() {
        refuses(request().reasoningEffort(ReasoningEffort.LOW), "reasoning effort");
        refuses(request().responseFormat(ResponseFormat.json()), "response format json");
        refuses(request().tools(NOW).parallelToolCalls(false), "parallel tool calls");
        refuses(request().tools(NOW).toolChoice(ToolChoice.none()).message(Message.tool("t-1", "x")), "tool choice");
        refuses(request().message(Message.calls(new ToolCall("t-1", "now", "[1]"))), "no JSON object");
    }

    @Test
    void idsOfOthersBecomeThoseThatAreTaken() {
        Message asked = Message.calls(new ToolCall("functions.now:0", "now", "null"));
        JsonFields messages = encode(request().message(asked).message(Message.tool("functions.now:0", "noon")))
                .at("messages");
        String id =
                messages.at(1).at("content").at(0).at("toolUse", "toolUseId").text();
        assertThat(id).matches("[a-zA-Z0-9_-]{1,64}");
        assertThat(messages.at(2)
                        .at("content")
                        .at(0)
                        .at("toolResult", "toolUseId")
                        .text())
                .isEqualTo(id);
        assertJson(messages.at(1).at("content").at(0).at("toolUse", "input"), "{}");
    }
}
