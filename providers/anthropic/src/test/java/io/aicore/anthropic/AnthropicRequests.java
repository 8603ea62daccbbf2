package io.aicore.anthropic;

import io.aicore.llm.chat.Tool;
import io.aicore.llm.chat.ToolCall;
import io.aicore.llm.codec.json.Json;
import io.aicore.testkit.RequestReader;
import io.aicore.testserver.RecordedCall;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Reads a request of the Messages API. */
final class AnthropicRequests implements RequestReader {

    @Override
    public String key(RecordedCall call) {
        return call.header("x-api-key");
    }

    @Override
    public String prompt(JsonNode body) {
        JsonNode content = body.path("messages").path(0).path("content");
        return content.isString() ? content.stringValue() : Json.string(content.path(0), "text");
    }

    @Override
    public String system(JsonNode body) {
        return Json.string(body, "system");
    }

    @Override
    public List<Tool> tools(JsonNode body) {
        return body.path("tools").values().stream()
                .map(tool -> Tool.of(
                        Json.string(tool, "name"),
                        Json.string(tool, "description"),
                        RequestReader.map(tool.path("input_schema"))))
                .toList();
    }

    @Override
    public List<ToolCall> calls(JsonNode body) {
        return blocks(body, "assistant", "tool_use")
                .map(call -> new ToolCall(
                        Json.string(call, "id"), Json.string(call, "name"), Json.write(call.path("input"))))
                .toList();
    }

    @Override
    public List<ToolResult> results(JsonNode body) {
        return blocks(body, "user", "tool_result")
                .map(result -> new ToolResult(Json.string(result, "tool_use_id"), Json.string(result, "content")))
                .toList();
    }

    @Override
    public Map<String, Object> schema(JsonNode body) {
        return RequestReader.map(Json.at(body, "output_config", "format", "schema"));
    }

    @Override
    public String file(JsonNode body) {
        return Json.text(body.path("messages").path(0).path("content").path(1), "type")
                        .equals("document")
                ? image(body)
                : "";
    }

    @Override
    public String image(JsonNode body) {
        JsonNode source = body.path("messages").path(0).path("content").path(1).path("source");
        return "data:" + Json.string(source, "media_type") + ";base64," + Json.string(source, "data");
    }

    @Override
    public JsonNode effort(JsonNode body) {
        return body.path("thinking");
    }

    private static Stream<JsonNode> blocks(JsonNode body, String role, String type) {
        return body.path("messages").values().stream()
                .filter(turn -> role.equals(Json.string(turn, "role")))
                .map(turn -> turn.path("content"))
                .filter(JsonNode::isArray)
                .flatMap(content -> content.values().stream())
                .filter(block -> type.equals(Json.string(block, "type")));
    }
}
