package io.aicore.llm.error;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one failure: the verdict and its evidence. Holds no key and no prompt.
 *
 * @param provider who failed, by its configured name
 * @param retryable whether the same request, sent again unchanged, may pass within about an hour
 * @param status the HTTP status; null if there was none
 * @param code the provider's own code or type
 * @param requestId the provider's id of the request, for its support
 * @param retryAfter the delay the provider asked for; also present where nothing is retried
 * @param why the evidence in a sentence
 * @param providerMessage the provider's own words; of a failure that reaches the caller shortened, without secrets and
 *     without quotes of the request
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

    /** A failure of which no more is known than its category and the reason. */
    public static ErrorDetails of(String provider, ErrorCategory category, boolean retryable, String why) {
        return new ErrorDetails(
                provider, null, category, retryable, null, null, null, null, Phase.ADMISSION, why, null);
    }

    /** The same, of this model. */
    public ErrorDetails model(@Nullable String model) {
        return new ErrorDetails(
                provider, model, category, retryable, status, code, requestId, retryAfter, phase, why, providerMessage);
    }

    /** The same, with another verdict. */
    public ErrorDetails retryable(boolean retryable) {
        return new ErrorDetails(
                provider, model, category, retryable, status, code, requestId, retryAfter, phase, why, providerMessage);
    }

    /** The same, with what the response's head said. */
    public ErrorDetails response(@Nullable Integer status, @Nullable String code, @Nullable String requestId) {
        return new ErrorDetails(
                provider, model, category, retryable, status, code, requestId, retryAfter, phase, why, providerMessage);
    }

    /** The same, with the delay the provider asked for. */
    public ErrorDetails retryAfter(@Nullable Duration retryAfter) {
        return new ErrorDetails(
                provider, model, category, retryable, status, code, requestId, retryAfter, phase, why, providerMessage);
    }

    /** The same, in this phase. */
    public ErrorDetails phase(Phase phase) {
        return new ErrorDetails(
                provider, model, category, retryable, status, code, requestId, retryAfter, phase, why, providerMessage);
    }

    /** The same, with the provider's own words. */
    public ErrorDetails providerMessage(@Nullable String providerMessage) {
        return new ErrorDetails(
                provider, model, category, retryable, status, code, requestId, retryAfter, phase, why, providerMessage);
    }

    /** The same failure, classified as this for this reason; without a delay, which belonged to the old category. */
    public ErrorDetails as(ErrorCategory category, boolean retryable, String why) {
        return new ErrorDetails(
                provider, model, category, retryable, status, code, requestId, null, phase, why, providerMessage);
    }

    /** The same, for this reason. */
    public ErrorDetails why(String why) {
        return new ErrorDetails(
                provider, model, category, retryable, status, code, requestId, retryAfter, phase, why, providerMessage);
    }

    /** The same, with at most {@value #SHOWN} characters of the provider's own words. */
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
            message.append(' ').append(model);
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
