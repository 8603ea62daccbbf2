package io.aicore.anthropic;

import io.aicore.llm.codec.failure.ErrorClassifier;
import io.aicore.llm.codec.json.Json;
import io.aicore.llm.codec.wire.WireResponse;
import io.aicore.llm.error.ErrorDetails;
import io.aicore.llm.error.LlmException;
import io.aicore.llm.error.Phase;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Errors under a status that says success. */
final class ErrorsInside {

    private static final String OVERLOADED = "overloaded_error";
    private static final int OVERLOADED_STATUS = 529;

    private ErrorsInside() {}

    /** Whether this is an error: by its type, or a gateway's object or text under {@code error}. */
    static boolean in(JsonNode tree) {
        JsonNode error = tree.path("error");
        return "error".equals(Json.string(tree, "type"))
                || (error.isObject() && !error.isEmpty())
                || (error.isString() && !error.stringValue().isBlank());
    }

    /** The failure, as if it had come with the status that this API gives it. */
    static LlmException failure(
            ErrorClassifier errors, @Nullable String model, WireResponse head, String data, Phase phase) {
        LlmException failure = errors.inStream(model, head, data, phase);
        ErrorDetails details = failure.details();
        // Other hosts say 503 for what is 529 here.
        return OVERLOADED.equals(details.code())
                ? LlmException.of(details.response(OVERLOADED_STATUS, OVERLOADED, details.requestId()))
                : failure;
    }
}
