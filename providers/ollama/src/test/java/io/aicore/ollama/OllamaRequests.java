package io.aicore.ollama;

import io.aicore.llm.chat.ToolCall;
import io.aicore.llm.codec.json.Json;
import io.aicore.testkit.ChatCompletionsRequests;
import io.aicore.testkit.RequestReader;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Reads a request to {@code /api/chat}. */
final class OllamaRequests extends ChatCompletionsRequests {

    @Override
    public List<ToolCall> calls(JsonNode body) {
        return RequestReader.lastMessage(body, "assistant").path("tool_calls").values().stream()
                .map(call -> new ToolCall(
                        Json.string(call, "id"),
                        Json.string(call, "function", "name"),
                        Json.write(Json.at(call, "function", "arguments"))))
                .toList();
    }

    @Override
    public List<ToolResult> results(JsonNode body) {
        return RequestReader.messages(body, "tool").stream()
                .map(turn -> new ToolResult(Json.string(turn, "tool_name"), Json.string(turn, "content")))
                .toList();
    }

    @Override
    public Map<String, Object> schema(JsonNode body) {
        return RequestReader.map(body.path("format"));
    }

    @Override
    public String image(JsonNode body) {
        return "data:image/png;base64,"
                + RequestReader.lastMessage(body, "user").path("images").path(0).stringValue();
    }

    @Override
    public JsonNode effort(JsonNode body) {
        return body.path("think");
    }
}
