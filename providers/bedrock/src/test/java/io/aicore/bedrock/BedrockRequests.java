package io.aicore.bedrock;

import io.aicore.llm.chat.Tool;
import io.aicore.llm.chat.ToolCall;
import io.aicore.llm.codec.json.Json;
import io.aicore.llm.codec.json.JsonFields;
import io.aicore.testkit.RequestReader;
import java.util.List;
import java.util.Map;

/** Reads a request to Converse. */
final class BedrockRequests implements RequestReader {

    @Override
    public String prompt(JsonFields body) {
        return RequestReader.lastMessage(body, "user").at("content").at(0).string("text");
    }

    @Override
    public String system(JsonFields body) {
        return body.at("system").at(0).string("text");
    }

    @Override
    public List<Tool> tools(JsonFields body) {
        return body.at("toolConfig", "tools").elements().stream()
                .map(tool -> tool.at("toolSpec"))
                .map(spec -> Tool.of(
                        spec.string("name"),
                        spec.string("description"),
                        RequestReader.map(spec.at("inputSchema", "json"))))
                .toList();
    }

    @Override
    public List<ToolCall> calls(JsonFields body) {
        return RequestReader.lastMessage(body, "assistant").at("content").elements().stream()
                .map(block -> block.at("toolUse"))
                .filter(JsonFields::isObject)
                .map(use -> new ToolCall(
                        use.string("toolUseId"),
                        use.string("name"),
                        use.at("input").raw()))
                .toList();
    }

    @Override
    public List<ToolResult> results(JsonFields body) {
        return RequestReader.lastMessage(body, "user").at("content").elements().stream()
                .map(block -> block.at("toolResult"))
                .filter(JsonFields::isObject)
                .map(result -> new ToolResult(
                        result.string("toolUseId"), result.at("content").at(0).string("text")))
                .toList();
    }

    @Override
    public Map<String, Object> schema(JsonFields body) {
        return RequestReader.map(
                Json.read(body.string("outputConfig", "textFormat", "structure", "jsonSchema", "schema")));
    }

    @Override
    public String file(JsonFields body) {
        JsonFields document =
                RequestReader.lastMessage(body, "user").at("content").at(1).at("document");
        return "data:application/" + document.string("format") + ";base64," + document.string("source", "bytes");
    }

    @Override
    public String image(JsonFields body) {
        JsonFields image =
                RequestReader.lastMessage(body, "user").at("content").at(1).at("image");
        return "data:image/" + image.string("format") + ";base64," + image.string("source", "bytes");
    }
}
