package io.aicore.ollama;

import io.aicore.llm.chat.ToolCall;
import io.aicore.llm.codec.json.JsonFields;
import io.aicore.testkit.ChatCompletionsRequests;
import io.aicore.testkit.RequestReader;
import java.util.List;
import java.util.Map;

/** Reads a request to {@code /api/chat}. */
final class OllamaRequests extends ChatCompletionsRequests {

    @Override
    public List<ToolCall> calls(JsonFields body) {
        return RequestReader.lastMessage(body, "assistant").at("tool_calls").elements().stream()
                .map(call -> new ToolCall(
                        call.string("id"),
                        call.string("function", "name"),
                        call.at("function", "arguments").raw()))
                .toList();
    }

    @Override
    public List<ToolResult> results(JsonFields body) {
        return RequestReader.messages(body, "tool").stream()
                .map(turn -> new ToolResult(turn.string("tool_name"), turn.string("content")))
                .toList();
    }

    @Override
    public Map<String, Object> schema(JsonFields body) {
        return RequestReader.map(body.at("format"));
    }

    @Override
    public String image(JsonFields body) {
        return "data:image/png;base64,"
                + RequestReader.lastMessage(body, "user").at("images").at(0).text();
    }

    @Override
    public JsonFields effort(JsonFields body) {
        return body.at("think");
    }
}
