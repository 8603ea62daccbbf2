package io.aicore.openai;

import io.aicore.llm.chat.Tool;
import io.aicore.llm.chat.ToolCall;
import io.aicore.llm.codec.json.JsonFields;
import io.aicore.testkit.RequestReader;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Reads a request to the Responses API. */
final class ResponsesRequests implements RequestReader {

    @Override
    public String prompt(JsonFields body) {
        JsonFields content = question(body).at("content");
        return content.isString() ? content.text() : content.at(0).string("text");
    }

    @Override
    public String system(JsonFields body) {
        return body.string("instructions");
    }

    @Override
    public List<Tool> tools(JsonFields body) {
        return body.at("tools").elements().stream()
                .map(tool -> Tool.of(
                        tool.string("name"), tool.string("description"), RequestReader.map(tool.at("parameters"))))
                .toList();
    }

    @Override
    public List<ToolCall> calls(JsonFields body) {
        return input(body, item -> "function_call".equals(item.string("type"))).stream()
                .map(call -> new ToolCall(call.string("call_id"), call.string("name"), call.string("arguments")))
                .toList();
    }

    @Override
    public List<ToolResult> results(JsonFields body) {
        return input(body, item -> "function_call_output".equals(item.string("type"))).stream()
                .map(item -> new ToolResult(item.string("call_id"), item.string("output")))
                .toList();
    }

    @Override
    public Map<String, Object> schema(JsonFields body) {
        return RequestReader.map(body.at("text", "format", "schema"));
    }

    @Override
    public String file(JsonFields body) {
        return question(body).at("content").at(1).string("file_data");
    }

    @Override
    public String image(JsonFields body) {
        return question(body).at("content").at(1).string("image_url");
    }

    @Override
    public JsonFields effort(JsonFields body) {
        return body.at("reasoning", "effort");
    }

    private static JsonFields question(JsonFields body) {
        List<JsonFields> questions = input(body, item -> "user".equals(item.string("role")));
        return questions.get(questions.size() - 1);
    }

    private static List<JsonFields> input(JsonFields body, Predicate<JsonFields> wanted) {
        return body.at("input").elements().stream().filter(wanted).toList();
    }
}
