package io.aicore.anthropic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.aicore.llm.chat.Content;
import io.aicore.llm.chat.Message;
import io.aicore.llm.chat.Role;
import io.aicore.llm.chat.ToolCall;
import io.aicore.llm.codec.json.JsonFields;
import io.aicore.llm.error.InvalidRequestException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The turns of a conversation, as the API takes them. */
class MessagesEncodingTest extends Fixtures {

    private static Message message(Role role, String text, Map<String, Object> extra, ToolCall... calls) {
        return new Message(
                role, List.of(Content.text(text)), List.of(calls), role == Role.TOOL ? "t-1" : null, null, extra);
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
    void aMessagesCacheMarkStandsOnItsLastBlock() {
        Message marked = Message.user(Content.text("a"), Content.text(""), Content.text("b"))
                .extra(Map.of("cache_control", Map.of("type", "ephemeral"), "of_another_host", "x"));

        assertJson(
                encode(request().messages(List.of(marked))).at("messages").at(0).at("content"),
                "[{\"type\":\"text\",\"text\":\"a\"},"
                        + "{\"type\":\"text\",\"text\":\"b\",\"cache_control\":{\"type\":\"ephemeral\"}}]");
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
}
