package io.aicore.testkit;

import io.aicore.llm.chat.Tool;
import io.aicore.llm.chat.ToolCall;
import io.aicore.llm.codec.json.Json;
import io.aicore.testserver.RecordedCall;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.JsonNode;

/**
 * Reads back what a request says, from its JSON body. What a provider lacks keeps its default. Written with {@code
 * io.aicore.llm.codec.json.Json}: {@code Json.string(body, "messages", …)}, {@code Json.plain(node)}.
 */
public interface RequestReader {

    /** The key that the request carries, without {@code Bearer} and the like. Default: the bearer token. */
    default String key(RecordedCall call) {
        return call.header("authorization").replace("Bearer ", "");
    }

    /** The words of the last user turn. */
    String prompt(JsonNode body);

    /** The instructions, wherever they stand. */
    String system(JsonNode body);

    /** The declared tools: name, description, schema. */
    default List<Tool> tools(JsonNode body) {
        return List.of();
    }

    /** The calls in the assistant's turn that were sent back; without an id where the protocol has none. */
    default List<ToolCall> calls(JsonNode body) {
        return List.of();
    }

    /** The results that were sent back, in their order. */
    default List<ToolResult> results(JsonNode body) {
        return List.of();
    }

    /** The schema that the answer must follow. */
    default Map<String, Object> schema(JsonNode body) {
        return Map.of();
    }

    /** The first image, as a data URL. */
    default String image(JsonNode body) {
        return "";
    }

    /** The first document, as a data URL. */
    default String file(JsonNode body) {
        return "";
    }

    /** The reasoning effort of the request; a missing node without one. */
    default JsonNode effort(JsonNode body) {
        return body.path("no field of this protocol");
    }

    /** The messages of this role, in their order, of a body that lists them in {@code messages}. */
    static List<JsonNode> messages(JsonNode body, String role) {
        return body.path("messages").values().stream()
                .filter(message -> role.equals(Json.string(message, "role")))
                .toList();
    }

    /** The last message of this role. */
    static JsonNode lastMessage(JsonNode body, String role) {
        List<JsonNode> messages = messages(body, role);
        return messages.get(messages.size() - 1);
    }

    /** What a JSON object, as a schema is, has in it; empty if it is none. */
    @SuppressWarnings("unchecked") // a JSON object is a map of strings
    static Map<String, Object> map(JsonNode object) {
        return object.isObject() ? (Map<String, Object>) Objects.requireNonNull(Json.plain(object)) : Map.of();
    }

    /**
     * A result sent back.
     *
     * @param call the call's id, or its name in a protocol that refers to calls by name
     */
    record ToolResult(String call, String text) {}
}
