package io.aicore.mistral;

import io.aicore.llm.codec.JsonAnswer;
import io.aicore.llm.codec.json.Json;
import io.aicore.llm.error.ErrorCategory;
import io.aicore.llm.error.LlmException;
import io.aicore.llm.error.Phase;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Tells errors from answers under a status that says success. */
final class ErrorsInside {

    private ErrorsInside() {}

    /**
     * Whether this is an error: Mistral's own object, a gateway's {@code error}; or, where no choices are, a message or FastAPI's
     * {@code detail}.
     */
    static boolean in(JsonNode tree) {
        JsonNode error = tree.path("error");
        boolean named = error.isContainer() ? !error.isEmpty() : error.isString();
        return named
                || "error".equals(Json.string(tree, "object"))
                || (tree.path("choices").isEmpty() && (tree.has("message") || tree.has("detail")));
    }

    /**
     * The failure. Mistral types its lack of capacity as a wrong request, and there is no status here that would know better:
     * where nothing but the type says so, the message decides.
     */
    static LlmException failure(JsonAnswer answer, JsonNode tree, Phase phase) {
        LlmException failure = answer.reported(Json.write(tree), phase);
        if (failure.category() != ErrorCategory.INVALID_REQUEST || !(tree instanceof ObjectNode object)) {
            return failure;
        }
        LlmException untyped = answer.reported(Json.write(object.deepCopy().without("type")), phase);
        return switch (untyped.category()) {
            case OVERLOADED, RATE_LIMITED, TIMEOUT -> untyped;
            default -> failure;
        };
    }
}
