package io.aicore.cohere;

import io.aicore.llm.chat.FinishReason;
import io.aicore.llm.chat.Usage;
import io.aicore.llm.codec.ChatJson;
import io.aicore.llm.codec.FinishTable;
import io.aicore.llm.codec.JsonAnswer;
import io.aicore.llm.codec.json.Json;
import io.aicore.llm.codec.json.JsonFields;
import io.aicore.llm.error.ErrorCategory;
import io.aicore.llm.error.LlmException;
import io.aicore.llm.error.Phase;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How an answer ended.
 *
 * @param fields the object with {@code finish_reason} and {@code usage}: a plain answer, or the delta of a stream's last
 *     event
 */
record Ending(JsonFields fields) {

    /** What is charged for. */
    static final String BILLED = "billed_units";

    static final String REASON = "finish_reason";
    private static final FinishTable REASONS = new FinishTable(Map.of(
            "COMPLETE", FinishReason.STOP,
            "STOP_SEQUENCE", FinishReason.STOP_SEQUENCE,
            "MAX_TOKENS", FinishReason.LENGTH,
            "TOOL_CALL", FinishReason.TOOL_CALLS));

    /** Failures of the provider in the middle of its answer. */
    private static final Map<String, ErrorCategory> FAILURES =
            Map.of("ERROR", ErrorCategory.SERVER_ERROR, "TIMEOUT", ErrorCategory.TIMEOUT);

    /** The API's own finish reason; null without one. */
    @Nullable
    String reason() {
        String reason = fields.text(REASON);
        return reason.isEmpty() ? null : reason;
    }

    /** The finish reason. Calls under {@code COMPLETE}, or without a reason, take precedence. */
    FinishReason finish(boolean toolCalls) {
        return finish(reason(), toolCalls);
    }

    static FinishReason finish(@Nullable String reason, boolean toolCalls) {
        return REASONS.of(reason, toolCalls);
    }

    /** Whether this word means that the provider failed. */
    static boolean isFailure(String reason) {
        return FAILURES.containsKey(reason);
    }

    /** Throws the failure of the provider that ended the answer, if one did. */
    void requireSuccess(JsonAnswer answer, Phase phase) {
        String reason = fields.text(REASON);
        ErrorCategory category = FAILURES.get(reason);
        if (category != null) {
            throw failure(answer, category, reason, phase);
        }
    }

    private LlmException failure(JsonAnswer answer, ErrorCategory category, String reason, Phase phase) {
        String error = fields.text("error");
        if (error.isBlank()) {
            return answer.failedFinish(category, reason, phase);
        }
        // Nothing else of it: an answer's own words are no evidence.
        byte[] report = Json.write(ChatJson.ordered(REASON, reason, "error", error));
        return answer.reported(new String(report, StandardCharsets.UTF_8), phase);
    }

    /**
     * The tokens that the model read and wrote, including Cohere's own prompt, which fills the context window. The billed
     * units are used only without other counts; null without both.
     */
    @Nullable
    Usage usage() {
        JsonFields usage = fields.at("usage");
        JsonFields counts = usage.at("tokens").isObject() ? usage.at("tokens") : usage.at(BILLED);
        return counts.whole("input_tokens") == null && counts.whole("output_tokens") == null
                ? null
                : new Usage(
                        counts.count("input_tokens"),
                        counts.count("output_tokens"),
                        usage.count("cached_tokens"),
                        0,
                        0);
    }
}
