package io.aicore.llm.codec.completions;

import io.aicore.llm.codec.JsonAnswer;
import io.aicore.llm.codec.failure.ErrorClassifier;
import io.aicore.llm.codec.json.Json;
import io.aicore.llm.error.LlmException;
import io.aicore.llm.error.Phase;
import tools.jackson.databind.JsonNode;

/** Tells errors from answers under a status that says success. */
public final class ChatErrors {

    // NVIDIA: the request waits for a worker, and its answer would be found elsewhere later.
    static final int ACCEPTED = 202;

    private ChatErrors() {}

    /**
     * The JSON of a whole answer, be it an error.
     *
     * @throws LlmException if it is none, or is not here yet
     */
    public static JsonNode tree(JsonAnswer answer) {
        if (answer.response().status() == ACCEPTED) {
            throw answer.reported(answer.response().text(), Phase.BODY);
        }
        return answer.tree();
    }

    /**
     * Whether this is an error: an {@code error} that is not empty (OpenAI's object, a string, xAI's {@code {code, error}}),
     * also beside choices; or no choices, and a message where they would be.
     */
    public static boolean in(JsonNode tree) {
        if (tree.isArray()) {
            return in(tree.path(0));
        }
        JsonNode error = tree.path("error");
        if (JsonAnswer.hasError(tree) || (error.isBoolean() && error.booleanValue())) {
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
