package io.aicore.llm.chat;

import java.util.Map;

/**
 * A function the model may ask to be called.
 *
 * @param parameters JSON schema of the arguments, as nested maps, lists, strings, numbers and booleans
 * @param strict whether the provider must hold the arguments to the schema, where it can
 */
public record Tool(String name, String description, Map<String, Object> parameters, boolean strict) {

    public Tool {
        if (name.isBlank()) {
            throw new IllegalArgumentException("tool name: '' (expected: letters, digits, '_' or '-')");
        }
        parameters = Json.copy(parameters);
    }

    /** A tool whose arguments follow this schema, not enforced by the provider. */
    public static Tool of(String name, String description, Map<String, Object> parameters) {
        return new Tool(name, description, parameters, false);
    }
}
