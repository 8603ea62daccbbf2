package io.aicore.anthropic;

import io.aicore.llm.chat.Tool;
import io.aicore.llm.chat.ToolCall;
import io.aicore.llm.codec.json.JsonFields;
import io.aicore.testkit.RequestReader;
import io.aicore.testserver.RecordedCall;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Reads a request of the Messages API. */
final class AnthropicRequests implements RequestReader {

    @Override
    public String key(RecordedCall call) {
        return call.header("x-api-key");
    }

    @Override
    public String prompt(JsonFields body) {
        JsonFields content = body.at("messages").at(0).at("content");
        return content.isString() ? content.text() : content.at(0).string("text");
    }

    @Override
    public String system(JsonFields body) {
        return body.string("system");
    }

    @Override
    public List<Tool> tools(JsonFields body) {
        return body.at("tools").elements().stream()
                .map(tool -> Tool.of(
                        tool.string("name"), tool.string("description"), RequestReader.map(tool.at("input_schema"))))
                .toList();
    }

    @Override
    public List<ToolCall> calls(JsonFields body) {
        return blocks(body, "assistant", "tool_use")
                .map(call -> new ToolCall(
                        call.string("id"), call.string("name"), call.at("input").raw()))
                .toList();
    }

    @Override
    public List<ToolResult> results(JsonFields body) {
        return blocks(body, "user", "tool_result")
                .map(result -> new ToolResult(result.string("tool_use_id"), result.string("content")))
                .toList();
    }

    @Override
    public Map<String, Object> schema(JsonFields body) {
        return RequestReader.map(body.at("output_config", "format", "schema"));
    }

    @Override
    public String file(JsonFields body) {
        return body.at("messages").at(0).at("content").at(1).text("type").equals("document") ? image(body) : "";
    }

    @Override
    public String image(JsonFields body) {
        JsonFields source = body.at("messages").at(0).at("content").at(1).at("source");
        return "data:" + source.string("media_type") + ";base64," + source.string("data");
    }

    @Override
    public JsonFields effort(JsonFields body) {
        return body.at("thinking");
    }

    private static Stream<JsonFields> blocks(JsonFields body, String role, String type) {
        return body.at("messages").elements().stream()
                .filter(turn -> role.equals(turn.string("role")))
                .map(turn -> turn.at("content"))
                .filter(JsonFields::isArray)
                .flatMap(content -> content.elements().stream())
                .filter(block -> type.equals(block.string("type")));
    }
}
