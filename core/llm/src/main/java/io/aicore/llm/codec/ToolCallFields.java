package io.aicore.llm.codec;

import io.aicore.llm.codec.json.Json;
import tools.jackson.databind.JsonNode;

/**
 * Reads the fields of a tool call, or of a fragment of one, in the form of chat completions: a function call or a
 * custom tool call. Its type decides; without one, the fields present.
 */
public final class ToolCallFields {

    private static final String FUNCTION = "function";
    private static final String CUSTOM = "custom";

    private ToolCallFields() {}

    /** The tool's name; empty if missing. */
    public static String name(JsonNode call) {
        return Json.text(call, body(call), "name");
    }

    /** The arguments as text; empty if missing. */
    public static String arguments(JsonNode call) {
        String body = body(call);
        return text(Json.at(call, body, field(body)));
    }

    /** Arguments are a string containing JSON; some hosts send the object itself. */
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
