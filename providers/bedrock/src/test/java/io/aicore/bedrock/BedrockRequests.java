package io.aicore.bedrock;

import io.aicore.llm.chat.Tool;
import io.aicore.llm.chat.ToolCall;
import io.aicore.llm.codec.json.Json;
import io.aicore.testkit.RequestReader;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Reads a request to Converse. */
final class BedrockRequests implements RequestReader {

    @Override
    public String prompt(JsonNode body) {
        return Json.string(
                RequestReader.lastMessage(body, "user").path("content").path(0), "text");
    }

    @Override
    public String system(JsonNode body) {
        return Json.string(body.path("system").path(0), "text");
    }

    @Override
    public List<Tool> tools(JsonNode body) {
        return Json.at(body, "toolConfig", "tools").values().stream()
                .map(tool -> tool.path("toolSpec"))
                .map(spec -> Tool.of(
                        Json.string(spec, "name"),
                        Json.string(spec, "description"),
                        RequestReader.map(Json.at(spec, "inputSchema", "json"))))
                .toList();
    }

    @Override
    public List<ToolCall> calls(JsonNode body) {
        return RequestReader.lastMessage(body, "assistant").path("content").values().stream()
                .map(block -> block.path("toolUse"))
                .filter(JsonNode::isObject)
                .map(use -> new ToolCall(
                        Json.string(use, "toolUseId"), Json.string(use, "name"), Json.write(use.path("input"))))
                .toList();
    }

    @Override
    public List<ToolResult> results(JsonNode body) {
        return RequestReader.lastMessage(body, "user").path("content").values().stream()
                .map(block -> block.path("toolResult"))
                .filter(JsonNode::isObject)
                .map(result -> new ToolResult(
                        Json.string(result, "toolUseId"),
                        Json.string(result.path("content").path(0), "text")))
                .toList();
    }

    @Override
    public Map<String, Object> schema(JsonNode body) {
        return RequestReader.map(
                Json.read(Json.string(body, "outputConfig", "textFormat", "structure", "jsonSchema", "schema")));
    }

    @Override
    public String file(JsonNode body) {
        JsonNode document =
                RequestReader.lastMessage(body, "user").path("content").path(1).path("document");
        return "data:application/" + Json.string(document, "format") + ";base64,"
                + Json.string(document, "source", "bytes");
    }

    @Override
    public String image(JsonNode body) {
        JsonNode image =
                RequestReader.lastMessage(body, "user").path("content").path(1).path("image");
        return "data:image/" + Json.string(image, "format") + ";base64," + Json.string(image, "source", "bytes");
    }
}
