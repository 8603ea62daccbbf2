package io.aicore.llm.error;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The details of one failure: category and evidence. Contains no key and no prompt.
 *
 * @param provider configured name of the provider
 * @param retryable whether the same request may succeed within about an hour
 * @param status the HTTP status; null if there was none
 * @param code the provider's own error code or type
 * @param requestId the provider's id of the request, for its support
 * @param retryAfter the delay the provider requested; also set if nothing is retried
 * @param why the evidence in one sentence
 * @param providerMessage the provider's own message; in a failure that reaches the caller shortened, without secrets
 *     and quotes of the request
 */
public record ErrorDetails(
        String provider,
        @Nullable String model,
        ErrorCategory category,
        boolean retryable,
        @Nullable Integer status,
        @Nullable String code,
        @Nullable String requestId,
        @Nullable Duration retryAfter,
        Phase phase,
        String why,
        @Nullable String providerMessage) {

    private static final int SHOWN = 300;

    /** Details with category and reason only. */
    public static ErrorDetails of(String provider, ErrorCategory category, boolean retryable, String why) {
        return new ErrorDetails(
                provider, null, category, retryable, null, null, null, null, Phase.ADMISSION, why, null);
    }

    /** Returns a copy with this model. */
    public ErrorDetails model(@Nullable String model) {
        return new ErrorDetails(
                provider, model, category, retryable, status, code, requestId, retryAfter, phase, why, providerMessage);
    }

    /** Returns a copy that is, or is not, retryable. */
    public ErrorDetails retryable(boolean retryable) {
        return new ErrorDetails(
                provider, model, category, retryable, status, code, requestId, retryAfter, phase, why, providerMessage);
    }

    /** Returns a copy with these details of the response. */
    public ErrorDetails response(@Nullable Integer status, @Nullable String code, @Nullable String requestId) {
        return new ErrorDetails(
                provider, model, category, retryable, status, code, requestId, retryAfter, phase, why, providerMessage);
    }

    /** Returns a copy with this requested delay. */
    public ErrorDetails retryAfter(@Nullable Duration retryAfter) {
        return new ErrorDetails(
                provider, model, category, retryable, status, code, requestId, retryAfter, phase, why, providerMessage);
    }

    /** Returns a copy with this phase. */
    public ErrorDetails phase(Phase phase) {
        return new ErrorDetails(
                provider, model, category, retryable, status, code, requestId, retryAfter, phase, why, providerMessage);
    }

    /** Returns a copy with this message of the provider. */
    public ErrorDetails providerMessage(@Nullable String providerMessage) {
        return new ErrorDetails(
                provider, model, category, retryable, status, code, requestId, retryAfter, phase, why, providerMessage);
    }

    /** Returns a copy with this reason. */
    public ErrorDetails why(String why) {
        return new ErrorDetails(
                provider, model, category, retryable, status, code, requestId, retryAfter, phase, why, providerMessage);
    }

    /** Returns a copy with the provider's message cut to {@value #SHOWN} characters. */
    public ErrorDetails shortened() {
        return providerMessage(shortened(providerMessage));
    }

    private static @Nullable String shortened(@Nullable String words) {
        if (words == null || words.length() <= SHOWN) {
            return words;
        }
        int end = Character.isHighSurrogate(words.charAt(SHOWN - 2)) ? SHOWN - 2 : SHOWN - 1;
        return words.substring(0, end) + "…";
    }

    String message() {
        StringBuilder message = new StringBuilder(provider);
        if (model != null) {
            // Line breaks in it would forge lines of a log.
            message.append(' ').append(model.replaceAll("[\\p{Cc}\\p{Cf}\\p{Z}]+", " "));
        }
        message.append(": ").append(category.word());
        if (status != null || code != null) {
            message.append(" (");
            message.append(status == null ? "" : status).append(status != null && code != null ? " " : "");
            message.append(code == null ? "" : code).append(')');
        }
        message.append(": ").append(why);
        String words = shortened(providerMessage);
        if (words != null && !words.isEmpty() && !why.contains(words)) {
            message.append(" [").append(words).append(']');
        }
        if (requestId != null) {
            message.append(", request ").append(requestId);
        }
        return message.toString();
    }
}
