package io.aicore.llm.codec;

import io.aicore.llm.error.ErrorCategory;
import io.aicore.llm.error.ErrorDetails;
import io.aicore.llm.error.LlmException;
import io.aicore.llm.error.Phase;
import org.jspecify.annotations.Nullable;

/**
 * Turns failures of a provider into typed exceptions: of which category, whether trying again may help, how long the server
 * said to wait, and why. Status, headers and body are read in the forms of all known hosts and of the gateways before
 * them. Never throws; no message holds a key or a prompt.
 *
 * @param provider the provider's configured name
 */
public record ErrorClassifier(String provider) {

    /** The code of an answer without content: it is worth one retry, not more. */
    public static final String EMPTY_COMPLETION = "empty_completion";

    /** What a response without an answer means: any status but 2xx, or a 2xx whose body is an error. */
    public LlmException response(@Nullable String model, WireResponse response) {
        return failure(model, response, response.text(), Phase.BODY);
    }

    /** What an error inside a stream means: judged as if it had the status it stands for. */
    public LlmException inStream(@Nullable String model, WireResponse head, String data, Phase phase) {
        return failure(model, head, data, phase);
    }

    /** A success that nobody can read. Worth trying again. */
    public LlmException malformed(@Nullable String model, WireResponse response, String code, String why) {
        return own(ErrorCategory.MALFORMED_RESPONSE, model, response, code, Phase.BODY, why);
    }

    /** A success without content. Its code is {@link #EMPTY_COMPLETION}. */
    public LlmException empty(@Nullable String model, WireResponse response) {
        return malformed(
                model,
                response,
                EMPTY_COMPLETION,
                "the answer holds no text, no tool call, no refusal and no reasoning");
    }

    /** A stream that ended before its protocol's last event. */
    public LlmException incomplete(@Nullable String model, WireResponse head, Phase phase, String why) {
        return own(ErrorCategory.INCOMPLETE_STREAM, model, head, null, phase, why);
    }

    /** A finish reason that stands for a failure of the provider, such as {@code network_error}. */
    public LlmException failedFinish(
            @Nullable String model, WireResponse head, ErrorCategory category, String reason, Phase phase) {
        String code = SafeText.code(reason);
        return own(category, model, head, code, phase, "the answer broke off with finish reason " + code);
    }

    private LlmException failure(@Nullable String model, WireResponse response, String text, Phase phase) {
        FailureReport report = FailureReport.of(response.status(), response.headers(), response.received(), text);
        Verdict verdict = Verdict.of(report);
        int status = report.status();
        return LlmException.of(new ErrorDetails(
                provider,
                model,
                verdict.category(),
                verdict.retryable(),
                status == 0 ? Integer.valueOf(response.status()) : Integer.valueOf(status),
                report.body().code(),
                RequestIds.of(report),
                verdict.delay(),
                phase,
                verdict.why(),
                report.body().message()));
    }

    private LlmException own(
            ErrorCategory category,
            @Nullable String model,
            WireResponse response,
            @Nullable String code,
            Phase phase,
            String why) {
        return LlmException.of(new ErrorDetails(
                provider,
                model,
                category,
                true,
                response.status(),
                code,
                RequestIds.of(response.headers()),
                null,
                phase,
                why,
                null));
    }
}
