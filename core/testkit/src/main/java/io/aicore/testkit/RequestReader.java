package io.aicore.testkit;

import io.aicore.llm.chat.Tool;
import io.aicore.llm.chat.ToolCall;
import io.aicore.llm.codec.json.JsonFields;
import io.aicore.testserver.RecordedCall;
import java.util.List;
import java.util.Map;

/**
 * Reads back what a request says, from its JSON body. What a provider lacks keeps its default. Read by names:
 * {@code body.text("messages", …)}, {@code node.plain()}.
 */
public interface RequestReader {

    /** The key that the request carries, without {@code Bearer} and the like. Default: the bearer token. */
    default String key(RecordedCall call) {
        return call.header("authorization").replace("Bearer ", "");
    }

    /** The words of the last user turn. */
    String prompt(JsonFields body);

    /** The instructions, wherever they stand. */
    String system(JsonFields body);

    /** The declared tools: name, description, schema. */
    default List<Tool> tools(JsonFields body) {
        return List.of();
    }

    /** The calls in the assistant's turn that were sent back; without an id where the protocol has none. */
    default List<ToolCall> calls(JsonFields body) {
        return List.of();
    }

    /** The results that were sent back, in their order. */
    default List<ToolResult> results(JsonFields body) {
        return List.of();
    }

    /** The schema that the answer must follow. */
    default Map<String, Object> schema(JsonFields body) {
        return Map.of();
    }

    /** The first image, as a data URL. */
    default String image(JsonFields body) {
        return "";
    }

    /** The first document, as a data URL. */
    default String file(JsonFields body) {
        return "";
    }

    /** The reasoning effort of the request; a missing node without one. */
    default JsonFields effort(JsonFields body) {
        return body.at("no field of this protocol");
    }

    /** The messages of this role, in their order, of a body that lists them in {@code messages}. */
    static List<JsonFields> messages(JsonFields body, String role) {
        return body.at("messages").elements().stream()
                .filter(message -> role.equals(message.string("role")))
                .toList();
    }

    /** The last message of this role. */
    static JsonFields lastMessage(JsonFields body, String role) {
        List<JsonFields> messages = messages(body, role);
        return messages.get(messages.size() - 1);
    }

    /** What a JSON object, as a schema is, has in it; empty if it is none. */
    static Map<String, Object> map(JsonFields object) {
        return object.object();
    }

    /**
     * A result sent back.
     *
     * @param call the call's id, or its name in a protocol that refers to calls by name
     */
    record ToolResult(String call, String text) {}
}
