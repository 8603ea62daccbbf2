package io.aicore.testkit;

import io.aicore.llm.chat.Tool;
import io.aicore.llm.chat.ToolCall;
import io.aicore.llm.codec.json.JsonFields;
import java.util.List;
import java.util.Map;

/** Reads a request for chat completions as most hosts understand it. What a host says otherwise is overridden. */
public class ChatCompletionsRequests implements RequestReader {

    @Override
    public String prompt(JsonFields body) {
        JsonFields content = RequestReader.lastMessage(body, "user").at("content");
        return content.isString() ? content.text() : content.at(0).text("text");
    }

    @Override
    public String system(JsonFields body) {
        return RequestReader.lastMessage(body, "system").text("content");
    }

    @Override
    public List<Tool> tools(JsonFields body) {
        return body.at("tools").elements().stream()
                .map(tool -> tool.at("function"))
                .map(tool ->
                        Tool.of(tool.text("name"), tool.text("description"), RequestReader.map(tool.at("parameters"))))
                .toList();
    }

    @Override
    public List<ToolCall> calls(JsonFields body) {
        return RequestReader.lastMessage(body, "assistant").at("tool_calls").elements().stream()
                .map(call -> new ToolCall(
                        call.text("id"), call.text("function", "name"), call.text("function", "arguments")))
                .toList();
    }

    @Override
    public List<ToolResult> results(JsonFields body) {
        return RequestReader.messages(body, "tool").stream()
                .map(turn -> new ToolResult(turn.text("tool_call_id"), turn.text("content")))
                .toList();
    }

    @Override
    public Map<String, Object> schema(JsonFields body) {
        return RequestReader.map(body.at("response_format", "json_schema", "schema"));
    }

    @Override
    public String file(JsonFields body) {
        return RequestReader.lastMessage(body, "user").at("content").at(1).text("file", "file_data");
    }

    @Override
    public String image(JsonFields body) {
        return RequestReader.lastMessage(body, "user").at("content").at(1).text("image_url", "url");
    }

    @Override
    public JsonFields effort(JsonFields body) {
        return body.at("reasoning_effort");
    }
}
