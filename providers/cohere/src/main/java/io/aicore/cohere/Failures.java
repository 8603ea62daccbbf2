package io.aicore.cohere;

import io.aicore.llm.codec.JsonAnswer;
import io.aicore.llm.codec.failure.ErrorClassifier;
import io.aicore.llm.codec.json.Json;
import io.aicore.llm.codec.wire.WireResponse;
import io.aicore.llm.error.ErrorCategory;
import io.aicore.llm.error.ErrorDetails;
import io.aicore.llm.error.LlmException;
import io.aicore.llm.error.Phase;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Failures that are told otherwise here than elsewhere. */
final class Failures {

    private static final int BLOCKED = 498;

    private Failures() {}

    /** What a response other than 2xx means. */
    static LlmException of(ErrorClassifier errors, @Nullable String model, WireResponse response) {
        LlmException failure = errors.response(model, response);
        ErrorDetails details = failure.details();
        if (response.status() != BLOCKED || details.category() != ErrorCategory.OVERLOADED) {
            return failure;
        }
        // Elsewhere this status is a lack of capacity; here it stands for a blocked input or output, whatever the
        // words.
        return LlmException.of(new ErrorDetails(
                details.provider(),
                details.model(),
                ErrorCategory.CONTENT_FILTERED,
                false,
                details.status(),
                details.code(),
                details.requestId(),
                null,
                details.phase(),
                "status 498: the provider's filter refused it, and would again",
                details.providerMessage()));
    }

    /** Whether this is an error in the place of an answer or of an event: its message is a text, an answer's an object. */
    static boolean isError(JsonNode tree) {
        JsonNode error = tree.path("error");
        return tree.path("message").isString()
                || tree.path("error_type").isString()
                || error.isString()
                || (error.isObject() && !error.isEmpty());
    }

    /**
     * The failure that an answer ended with.
     *
     * @param end what says why it ended: {@code finish_reason}, and mostly {@code error}
     */
    static LlmException ended(JsonAnswer answer, JsonNode end, String reason, Phase phase) {
        String error = Json.text(end, "error");
        if (error.isBlank()) {
            ErrorCategory category =
                    reason.equals(FinishReasons.TIMEOUT) ? ErrorCategory.TIMEOUT : ErrorCategory.SERVER_ERROR;
            return answer.failedFinish(category, reason, phase);
        }
        // Nothing else of it: an answer's own words are no evidence.
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("finish_reason", reason);
        report.put("error", error);
        return answer.reported(new String(Json.write(report), StandardCharsets.UTF_8), phase);
    }
}
