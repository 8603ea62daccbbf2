package io.aicore.cohere;

import io.aicore.llm.codec.JsonAnswer;
import io.aicore.llm.codec.failure.ErrorClassifier;
import io.aicore.llm.codec.json.Json;
import io.aicore.llm.codec.json.JsonFields;
import io.aicore.llm.error.ErrorCategory;
import io.aicore.llm.error.LlmException;
import io.aicore.llm.error.Phase;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Failures that Cohere reports in its own way. */
final class Failures {

    // Elsewhere a lack of capacity; here it stands for a blocked input or output, whatever the words.
    private static final int BLOCKED = 498;

    private Failures() {}

    static ErrorClassifier errors(String provider) {
        return new ErrorClassifier(provider).status(ErrorCategory.CONTENT_FILTERED, BLOCKED);
    }

    /** Whether this is an error in the place of an answer or of an event: its message is a text, an answer's an object. */
    static boolean isError(JsonFields tree) {
        return tree.at("message").isString() || tree.at("error_type").isString() || JsonAnswer.hasError(tree);
    }

    /**
     * The failure that an answer ended with.
     *
     * @param end what says why it ended: {@code finish_reason}, and mostly {@code error}
     */
    static LlmException ended(JsonAnswer answer, JsonFields end, String reason, Phase phase) {
        String error = end.text("error");
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
