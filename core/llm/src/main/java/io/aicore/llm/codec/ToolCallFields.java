package io.aicore.llm.codec;

import tools.jackson.databind.JsonNode;

/**
 * The fields of a tool call, or of a fragment of one, as chat completions have them: in a function's form or in a custom
 * tool's.
 */
public final class ToolCallFields {

    private ToolCallFields() {}

    /** The tool's name; empty if it is not said. */
    public static String name(JsonNode call) {
        String name = Json.string(call, body(call), "name");
        return name == null ? "" : name;
    }

    /** The arguments as text; empty if there are none. */
    public static String arguments(JsonNode call) {
        return text(Json.at(call, body(call), body(call).equals("custom") ? "input" : "arguments"));
    }

    /** Arguments are a string with JSON in it; some hosts send the object itself. */
    public static String text(JsonNode arguments) {
        if (arguments.isString()) {
            return arguments.stringValue();
        }
        return arguments.isContainer() ? Json.write(arguments) : "";
    }

    private static String body(JsonNode call) {
        return call.path("custom").isObject() ? "custom" : "function";
    }
}
