package io.aicore.llm.codec.completions;

import io.aicore.llm.codec.JsonAnswer;
import io.aicore.llm.codec.failure.ErrorClassifier;
import io.aicore.llm.codec.json.Json;
import io.aicore.llm.error.LlmException;
import io.aicore.llm.error.Phase;
import tools.jackson.databind.JsonNode;

/** Distinguishes errors from answers in 2xx responses. */
public final class ChatErrors {

    // NVIDIA: the request waits for a worker, and its answer would be found elsewhere later.
    static final int ACCEPTED = 202;

    private ChatErrors() {}

    /**
     * The JSON of a plain response, which may be an error.
     *
     * @throws LlmException if it is not JSON, or not ready yet
     */
    public static JsonNode tree(JsonAnswer answer) {
        if (answer.response().status() == ACCEPTED) {
            throw answer.reported(answer.response().text(), Phase.BODY);
        }
        return answer.single();
    }

    /**
     * Whether this is an error: an {@code error} that is not empty (OpenAI's object, a string, xAI's
     * {@code {code, error}}), also beside choices; or a message in place of choices.
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
