package io.aicore.testkit;

import io.aicore.llm.chat.Tool;
import io.aicore.llm.chat.ToolCall;
import io.aicore.llm.codec.json.Json;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Reads a request for chat completions as most hosts understand it. What a host says otherwise is overridden. */
public class ChatCompletionsRequests implements RequestReader {

    @Override
    public String prompt(JsonNode body) {
        JsonNode content = RequestReader.lastMessage(body, "user").path("content");
        return content.isString() ? content.stringValue() : Json.text(content.path(0), "text");
    }

    @Override
    public String system(JsonNode body) {
        return Json.text(RequestReader.lastMessage(body, "system"), "content");
    }

    @Override
    public List<Tool> tools(JsonNode body) {
        return body.path("tools").values().stream()
                .map(tool -> tool.path("function"))
                .map(tool -> Tool.of(
                        Json.text(tool, "name"),
                        Json.text(tool, "description"),
                        RequestReader.map(tool.path("parameters"))))
                .toList();
    }

    @Override
    public List<ToolCall> calls(JsonNode body) {
        return RequestReader.lastMessage(body, "assistant").path("tool_calls").values().stream()
                .map(call -> new ToolCall(
                        Json.text(call, "id"),
                        Json.text(call, "function", "name"),
                        Json.text(call, "function", "arguments")))
                .toList();
    }

    @Override
    public List<ToolResult> results(JsonNode body) {
        return RequestReader.messages(body, "tool").stream()
                .map(turn -> new ToolResult(Json.text(turn, "tool_call_id"), Json.text(turn, "content")))
                .toList();
    }

    @Override
    public Map<String, Object> schema(JsonNode body) {
        return RequestReader.map(Json.at(body, "response_format", "json_schema", "schema"));
    }

    @Override
    public String file(JsonNode body) {
        return Json.text(RequestReader.lastMessage(body, "user").path("content").path(1), "file", "file_data");
    }

    @Override
    public String image(JsonNode body) {
        return Json.text(RequestReader.lastMessage(body, "user").path("content").path(1), "image_url", "url");
    }

    @Override
    public JsonNode effort(JsonNode body) {
        return body.path("reasoning_effort");
    }
}
