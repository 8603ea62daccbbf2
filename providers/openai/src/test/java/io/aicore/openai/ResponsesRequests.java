package io.aicore.openai;

import io.aicore.llm.chat.Tool;
import io.aicore.llm.chat.ToolCall;
import io.aicore.llm.codec.json.Json;
import io.aicore.testkit.RequestReader;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/** Reads a request to the Responses API. */
final class ResponsesRequests implements RequestReader {

    @Override
    public String prompt(JsonNode body) {
        JsonNode content = question(body).path("content");
        return content.isString() ? content.stringValue() : Json.string(content.path(0), "text");
    }

    @Override
    public String system(JsonNode body) {
        return Json.string(body, "instructions");
    }

    @Override
    public List<Tool> tools(JsonNode body) {
        return body.path("tools").values().stream()
                .map(tool -> Tool.of(
                        Json.string(tool, "name"),
                        Json.string(tool, "description"),
                        RequestReader.map(tool.path("parameters"))))
                .toList();
    }

    @Override
    public List<ToolCall> calls(JsonNode body) {
        return input(body, item -> "function_call".equals(Json.string(item, "type"))).stream()
                .map(call -> new ToolCall(
                        Json.string(call, "call_id"), Json.string(call, "name"), Json.string(call, "arguments")))
                .toList();
    }

    @Override
    public List<ToolResult> results(JsonNode body) {
        return input(body, item -> "function_call_output".equals(Json.string(item, "type"))).stream()
                .map(item -> new ToolResult(Json.string(item, "call_id"), Json.string(item, "output")))
                .toList();
    }

    @Override
    public Map<String, Object> schema(JsonNode body) {
        return RequestReader.map(Json.at(body, "text", "format", "schema"));
    }

    @Override
    public String file(JsonNode body) {
        return Json.string(question(body).path("content").path(1), "file_data");
    }

    @Override
    public String image(JsonNode body) {
        return Json.string(question(body).path("content").path(1), "image_url");
    }

    @Override
    public JsonNode effort(JsonNode body) {
        return Json.at(body, "reasoning", "effort");
    }

    private static JsonNode question(JsonNode body) {
        List<JsonNode> questions = input(body, item -> "user".equals(Json.string(item, "role")));
        return questions.get(questions.size() - 1);
    }

    private static List<JsonNode> input(JsonNode body, Predicate<JsonNode> wanted) {
        return body.path("input").values().stream().filter(wanted).toList();
    }
}
