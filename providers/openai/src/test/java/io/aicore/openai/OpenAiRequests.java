package io.aicore.openai;

import io.aicore.llm.chat.Tool;
import io.aicore.llm.chat.ToolCall;
import io.aicore.llm.codec.json.Json;
import io.aicore.testkit.RequestReader;
import io.aicore.testserver.RecordedCall;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Reads a chat completion's request. */
final class OpenAiRequests implements RequestReader {

    @Override
    public String key(RecordedCall call) {
        return call.header("authorization").replace("Bearer ", "");
    }

    @Override
    public String prompt(JsonNode body) {
        JsonNode content = last(body, "user").path("content");
        return content.isString() ? content.stringValue() : Json.string(content.path(0), "text");
    }

    @Override
    public String system(JsonNode body) {
        return Json.string(last(body, "system"), "content");
    }

    @Override
    public List<Tool> tools(JsonNode body) {
        return body.path("tools").values().stream()
                .map(tool -> tool.path("function"))
                .map(tool -> Tool.of(
                        Json.string(tool, "name"), Json.string(tool, "description"), map(tool.path("parameters"))))
                .toList();
    }

    @Override
    public List<ToolCall> calls(JsonNode body) {
        return last(body, "assistant").path("tool_calls").values().stream()
                .map(call -> new ToolCall(
                        Json.string(call, "id"),
                        Json.string(call, "function", "name"),
                        Json.string(call, "function", "arguments")))
                .toList();
    }

    @Override
    public List<ToolResult> results(JsonNode body) {
        return turns(body, "tool").stream()
                .map(turn -> new ToolResult(Json.string(turn, "tool_call_id"), Json.string(turn, "content")))
                .toList();
    }

    @Override
    public Map<String, Object> schema(JsonNode body) {
        return map(Json.at(body, "response_format", "json_schema", "schema"));
    }

    @Override
    public String file(JsonNode body) {
        return Json.string(last(body, "user").path("content").path(1), "file", "file_data");
    }

    @Override
    public String image(JsonNode body) {
        return Json.string(last(body, "user").path("content").path(1), "image_url", "url");
    }

    @Override
    public JsonNode effort(JsonNode body) {
        return body.path("reasoning_effort");
    }

    private static JsonNode last(JsonNode body, String role) {
        List<JsonNode> turns = turns(body, role);
        return turns.get(turns.size() - 1);
    }

    private static List<JsonNode> turns(JsonNode body, String role) {
        return body.path("messages").values().stream()
                .filter(turn -> role.equals(Json.string(turn, "role")))
                .toList();
    }

    @SuppressWarnings("unchecked") // a JSON object is a map of strings
    private static Map<String, Object> map(JsonNode object) {
        return (Map<String, Object>) Json.plain(object);
    }
}
