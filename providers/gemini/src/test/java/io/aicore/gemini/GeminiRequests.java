package io.aicore.gemini;

import io.aicore.llm.chat.Tool;
import io.aicore.llm.chat.ToolCall;
import io.aicore.llm.codec.json.Json;
import io.aicore.testkit.RequestReader;
import io.aicore.testserver.RecordedCall;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Reads a request of generateContent. */
record GeminiRequests(boolean callsHaveIds) implements RequestReader {

    @Override
    public String key(RecordedCall call) {
        return callsHaveIds ? call.header("x-goog-api-key") : RequestReader.super.key(call);
    }

    @Override
    public String prompt(JsonNode body) {
        return parts(body, "user")
                .filter(part -> part.has("text"))
                .findFirst()
                .map(part -> Json.string(part, "text"))
                .orElse("");
    }

    @Override
    public String system(JsonNode body) {
        return Json.string(body.path("systemInstruction").path("parts").path(0), "text");
    }

    @Override
    public List<Tool> tools(JsonNode body) {
        return body.path("tools").path(0).path("functionDeclarations").values().stream()
                .map(tool -> Tool.of(
                        Json.string(tool, "name"),
                        Json.string(tool, "description"),
                        RequestReader.map(tool.path("parametersJsonSchema"))))
                .toList();
    }

    @Override
    public List<ToolCall> calls(JsonNode body) {
        return parts(body, "model")
                .map(part -> part.path("functionCall"))
                .filter(JsonNode::isObject)
                .map(call -> new ToolCall(
                        callsHaveIds ? Json.string(call, "id") : "",
                        Json.string(call, "name"),
                        Json.write(call.path("args"))))
                .toList();
    }

    @Override
    public List<ToolResult> results(JsonNode body) {
        return parts(body, "user")
                .map(part -> part.path("functionResponse"))
                .filter(JsonNode::isObject)
                .map(result -> new ToolResult(
                        Json.string(result, callsHaveIds ? "id" : "name"), Json.string(result, "response", "output")))
                .toList();
    }

    @Override
    public Map<String, Object> schema(JsonNode body) {
        return RequestReader.map(Json.at(body, "generationConfig", "responseJsonSchema"));
    }

    @Override
    public String file(JsonNode body) {
        return image(body);
    }

    @Override
    public String image(JsonNode body) {
        return parts(body, "user")
                .map(part -> part.path("inlineData"))
                .filter(JsonNode::isObject)
                .findFirst()
                .map(data -> "data:" + Json.string(data, "mimeType") + ";base64," + Json.string(data, "data"))
                .orElse("");
    }

    @Override
    public JsonNode effort(JsonNode body) {
        return Json.at(body, "generationConfig", "thinkingConfig");
    }

    private static Stream<JsonNode> parts(JsonNode body, String role) {
        return body.path("contents").values().stream()
                .filter(turn -> role.equals(Json.string(turn, "role")))
                .flatMap(turn -> turn.path("parts").values().stream());
    }
}
