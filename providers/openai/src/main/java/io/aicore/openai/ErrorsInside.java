package io.aicore.openai;

import io.aicore.llm.codec.failure.ErrorClassifier;
import io.aicore.llm.codec.json.Json;
import tools.jackson.databind.JsonNode;

/** Tells errors from answers under a status that says success. */
final class ErrorsInside {

    private ErrorsInside() {}

    /**
     * Whether this is an error: an {@code error} that is not empty (OpenAI's object, a string, xAI's {@code {code, error}}),
     * also beside choices; or no choices, and a message where they would be.
     */
    static boolean in(JsonNode tree) {
        if (tree.isArray()) {
            return in(tree.path(0));
        }
        JsonNode error = tree.path("error");
        if (error.isContainer()
                ? !error.isEmpty()
                : error.isString() && !error.stringValue().isBlank()) {
            return true;
        }
        if (error.isBoolean() && error.booleanValue()) {
            return true;
        }
        String object = Json.string(tree, "object");
        String type = Json.string(tree, "type");
        if ("error".equalsIgnoreCase(object) || "error".equalsIgnoreCase(type)) {
            return true;
        }
        return tree.isObject()
                && tree.path("choices").isEmpty()
                && !tree.path("usage").isObject()
                && ErrorClassifier.complains(tree);
    }
}
