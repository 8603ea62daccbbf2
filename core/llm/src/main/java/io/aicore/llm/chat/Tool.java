package io.aicore.llm.chat;

import java.util.Map;
import java.util.regex.Pattern;

/**
 * A function that the model may call.
 *
 * @param name 1 to 64 ASCII letters, digits, {@code _} and {@code -}; anything else is an
 *     {@code IllegalArgumentException}
 * @param parameters JSON schema of the arguments, as nested maps, lists, strings, numbers and booleans
 * @param strict whether the provider must enforce the schema, if it supports that
 */
public record Tool(String name, String description, Map<String, Object> parameters, boolean strict) {

    // What all providers take: some take dots or longer names, others refuse the whole request for one.
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    public Tool {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "tool name: '" + name + "' (expected: 1 to 64 letters, digits, '_' or '-')");
        }
        parameters = Json.copy(parameters);
    }

    /** A tool with this schema, not enforced by the provider. */
    public static Tool of(String name, String description, Map<String, Object> parameters) {
        return new Tool(name, description, parameters, false);
    }
}
