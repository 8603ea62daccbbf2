package io.aicore.gemini;

import io.aicore.llm.chat.Tool;
import io.aicore.llm.chat.ToolCall;
import io.aicore.llm.codec.json.JsonFields;
import io.aicore.testkit.RequestReader;
import io.aicore.testserver.RecordedCall;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Reads a request of generateContent. */
record GeminiRequests(boolean callsHaveIds) implements RequestReader {

    @Override
    public String key(RecordedCall call) {
        return callsHaveIds ? call.header("x-goog-api-key") : RequestReader.super.key(call);
    }

    @Override
    public String prompt(JsonFields body) {
        return parts(body, "user")
                .filter(part -> part.has("text"))
                .findFirst()
                .map(part -> part.string("text"))
                .orElse("");
    }

    @Override
    public String system(JsonFields body) {
        return body.at("systemInstruction").at("parts").at(0).string("text");
    }

    @Override
    public List<Tool> tools(JsonFields body) {
        return body.at("tools").at(0).at("functionDeclarations").elements().stream()
                .map(tool -> Tool.of(
                        tool.string("name"),
                        tool.string("description"),
                        RequestReader.map(tool.at("parametersJsonSchema"))))
                .toList();
    }

    @Override
    public List<ToolCall> calls(JsonFields body) {
        return parts(body, "model")
                .map(part -> part.at("functionCall"))
                .filter(JsonFields::isObject)
                .map(call -> new ToolCall(
                        callsHaveIds ? call.string("id") : "",
                        call.string("name"),
                        call.at("args").raw()))
                .toList();
    }

    @Override
    public List<ToolResult> results(JsonFields body) {
        return parts(body, "user")
                .map(part -> part.at("functionResponse"))
                .filter(JsonFields::isObject)
                .map(result -> new ToolResult(
                        result.string(callsHaveIds ? "id" : "name"), result.string("response", "output")))
                .toList();
    }

    @Override
    public Map<String, Object> schema(JsonFields body) {
        return RequestReader.map(body.at("generationConfig", "responseJsonSchema"));
    }

    @Override
    public String file(JsonFields body) {
        return image(body);
    }

    @Override
    public String image(JsonFields body) {
        return parts(body, "user")
                .map(part -> part.at("inlineData"))
                .filter(JsonFields::isObject)
                .findFirst()
                .map(data -> "data:" + data.string("mimeType") + ";base64," + data.string("data"))
                .orElse("");
    }

    @Override
    public JsonFields effort(JsonFields body) {
        return body.at("generationConfig", "thinkingConfig");
    }

    private static Stream<JsonFields> parts(JsonFields body, String role) {
        return body.at("contents").elements().stream()
                .filter(turn -> role.equals(turn.string("role")))
                .flatMap(turn -> turn.at("parts").elements().stream());
    }
}
