package io.aicore.llm.codec;

import io.aicore.llm.codec.json.Json;
import tools.jackson.databind.JsonNode;

/**
 * The fields of a tool call, or of a fragment of one, as chat completions have them: in a function's form or in a custom
 * tool's. Its type decides; where it is not said, what is filled in.
 */
public final class ToolCallFields {

    private static final String FUNCTION = "function";
    private static final String CUSTOM = "custom";

    private ToolCallFields() {}

    /** The tool's name; empty if it is not said. */
    public static String name(JsonNode call) {
        return Json.text(call, body(call), "name");
    }

    /** The arguments as text; empty if there are none. */
    public static String arguments(JsonNode call) {
        String body = body(call);
        return text(Json.at(call, body, field(body)));
    }

    /** Arguments are a string with JSON in it; some hosts send the object itself. */
    public static String text(JsonNode arguments) {
        if (arguments.isString()) {
            return arguments.stringValue();
        }
        return arguments.isMissingNode() || arguments.isNull() ? "" : Json.write(arguments);
    }

    private static String body(JsonNode call) {
        String type = Json.text(call, "type");
        boolean said = (type.equals(FUNCTION) || type.equals(CUSTOM))
                && call.path(type).isObject();
        if (said) {
            return type;
        }
        return isFilled(call, CUSTOM) && !isFilled(call, FUNCTION) ? CUSTOM : FUNCTION;
    }

    private static boolean isFilled(JsonNode call, String body) {
        JsonNode fields = call.path(body);
        return !Json.text(fields, "name").isEmpty()
                || !text(fields.path(field(body))).isEmpty();
    }

    private static String field(String body) {
        return body.equals(CUSTOM) ? "input" : "arguments";
    }
}
