package io.aicore.llm.error;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The details of one failure: category and evidence. Contains no key and no prompt.
 *
 * @param provider configured name of the provider
 * @param phase where the call failed
 * @param retryAfter the delay the provider requested; also set if nothing is retried
 * @param classification what the failure is taken for, and why
 * @param response what the provider said of it
 */
public record ErrorDetails(
        String provider,
        @Nullable String model,
        Phase phase,
        @Nullable Duration retryAfter,
        Classification classification,
        Response response) {

    private static final int SHOWN = 300;

    /**
     * What a failure is taken for.
     *
     * @param retryable whether the same request may succeed within about an hour
     * @param why the evidence in one sentence
     */
    public record Classification(ErrorCategory category, boolean retryable, String why) {}

    /**
     * What a provider said of a failure; all null if it said nothing.
     *
     * @param status the HTTP status
     * @param code the provider's own error code or type
     * @param requestId the provider's id of the request, for its support
     * @param message the provider's own message; in a failure that reaches the caller shortened, without secrets and
     *     quotes of the request
     */
    public record Response(
            @Nullable Integer status,
            @Nullable String code,
            @Nullable String requestId,
            @Nullable String message) {

        /** Nothing. */
        public static final Response NONE = new Response(null, null, null, null);
    }

    /** Details with category and reason only. */
    public static ErrorDetails of(String provider, ErrorCategory category, boolean retryable, String why) {
        Classification classification = new Classification(category, retryable, why);
        return new ErrorDetails(provider, null, Phase.ADMISSION, null, classification, Response.NONE);
    }

    public ErrorCategory category() {
        return classification.category;
    }

    public boolean retryable() {
        return classification.retryable;
    }

    public String why() {
        return classification.why;
    }

    public @Nullable Integer status() {
        return response.status;
    }

    public @Nullable String code() {
        return response.code;
    }

    public @Nullable String requestId() {
        return response.requestId;
    }

    public @Nullable String providerMessage() {
        return response.message;
    }

    public ErrorDetails model(@Nullable String model) {
        return new ErrorDetails(provider, model, phase, retryAfter, classification, response);
    }

    public ErrorDetails phase(Phase phase) {
        return new ErrorDetails(provider, model, phase, retryAfter, classification, response);
    }

    public ErrorDetails retryAfter(@Nullable Duration retryAfter) {
        return new ErrorDetails(provider, model, phase, retryAfter, classification, response);
    }

    public ErrorDetails classification(Classification classification) {
        return new ErrorDetails(provider, model, phase, retryAfter, classification, response);
    }

    public ErrorDetails response(Response response) {
        return new ErrorDetails(provider, model, phase, retryAfter, classification, response);
    }

    public ErrorDetails retryable(boolean retryable) {
        return classification(new Classification(category(), retryable, why()));
    }

    public ErrorDetails why(String why) {
        return classification(new Classification(category(), retryable(), why));
    }

    /** Returns a copy with these parts of the response, and the same message. */
    public ErrorDetails response(@Nullable Integer status, @Nullable String code, @Nullable String requestId) {
        return response(new Response(status, code, requestId, response.message));
    }

    public ErrorDetails providerMessage(@Nullable String providerMessage) {
        return response(new Response(response.status, response.code, response.requestId, providerMessage));
    }

    /** Returns a copy with the provider's message cut to {@value #SHOWN} characters. */
    public ErrorDetails shortened() {
        return providerMessage(shortened(providerMessage()));
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
        message.append(": ").append(category().word());
        if (status() != null || code() != null) {
            message.append(" (");
            message.append(status() == null ? "" : status()).append(status() != null && code() != null ? " " : "");
            message.append(code() == null ? "" : code()).append(')');
        }
        message.append(": ").append(why());
        String words = shortened(providerMessage());
        if (words != null && !words.isEmpty() && !why().contains(words)) {
            message.append(" [").append(words).append(']');
        }
        if (requestId() != null) {
            message.append(", request ").append(requestId());
        }
        return message.toString();
    }
}
