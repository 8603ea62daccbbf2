package io.aicore.openai;

import io.aicore.llm.codec.Json;
import tools.jackson.databind.JsonNode;

/** The fields of a tool call, or of a fragment of one, in a function's form or in a custom tool's. */
final class ToolFields {

    private ToolFields() {}

    static String name(JsonNode call) {
        String name = Json.string(call, body(call), "name");
        return name == null ? "" : name;
    }

    static String arguments(JsonNode call) {
        return text(Json.at(call, body(call), body(call).equals("custom") ? "input" : "arguments"));
    }

    /** Arguments are a string with JSON in it; some hosts send the object itself. */
    static String text(JsonNode arguments) {
        if (arguments.isString()) {
            return arguments.stringValue();
        }
        return arguments.isContainer() ? Json.write(arguments) : "";
    }

    private static String body(JsonNode call) {
        return call.path("custom").isObject() ? "custom" : "function";
    }
}
