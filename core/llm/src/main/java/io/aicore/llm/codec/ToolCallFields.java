package io.aicore.llm.codec;

import io.aicore.llm.codec.json.JsonFields;

/**
 * Reads the fields of a tool call, or of a fragment of one, in the form of chat completions: a function call or a
 * custom tool call. Its type decides; without one, the fields present.
 */
public final class ToolCallFields {

    private static final String FUNCTION = "function";
    private static final String CUSTOM = "custom";

    private ToolCallFields() {}

    /** The tool's name; empty if missing. */
    public static String name(JsonFields call) {
        return call.text(body(call), "name");
    }

    /** The arguments as text; empty if missing. */
    public static String arguments(JsonFields call) {
        String body = body(call);
        return text(call.at(body, field(body)));
    }

    /** Arguments are a string containing JSON; some hosts send the object itself. */
    public static String text(JsonFields arguments) {
        if (arguments.isString()) {
            return arguments.text();
        }
        return arguments.isAbsent() ? "" : arguments.raw();
    }

    private static String body(JsonFields call) {
        String type = call.text("type");
        boolean said =
                (type.equals(FUNCTION) || type.equals(CUSTOM)) && call.at(type).isObject();
        if (said) {
            return type;
        }
        return isFilled(call, CUSTOM) && !isFilled(call, FUNCTION) ? CUSTOM : FUNCTION;
    }

    private static boolean isFilled(JsonFields call, String body) {
        JsonFields fields = call.at(body);
        return !fields.text("name").isEmpty() || !text(fields.at(field(body))).isEmpty();
    }

    private static String field(String body) {
        return body.equals(CUSTOM) ? "input" : "arguments";
    }
}
