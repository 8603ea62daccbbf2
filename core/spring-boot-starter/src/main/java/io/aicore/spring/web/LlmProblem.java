package io.aicore.spring.web;

import io.aicore.llm.error.LlmException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * The error response of an application for a failed call: a status, a retry delay and the category. Contains no text of
 * the provider, which is for the application's operators only.
 *
 * @param status 502 if the provider rejects this application, 503 if waiting helps, 504 for a timeout, 422 for content
 *     that the model rejects, 413 for too much content, 500 for a bug in this application
 * @param retryAfter the retry delay; null unless the status is 503
 */
public record LlmProblem(HttpStatus status, @Nullable Duration retryAfter, String category) {

    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Duration LATE = Duration.ofHours(1);

    /** The problem for this failure. */
    public static LlmProblem of(LlmException failure) {
        HttpStatus status = status(failure);
        return new LlmProblem(
                status,
                status == HttpStatus.SERVICE_UNAVAILABLE ? delay(failure) : null,
                failure.category().word());
    }

    private static HttpStatus status(LlmException failure) {
        return switch (failure.category()) {
            case RATE_LIMITED, OVERLOADED, QUOTA_EXHAUSTED, CIRCUIT_OPEN, REJECTED -> HttpStatus.SERVICE_UNAVAILABLE;
            case TIMEOUT -> HttpStatus.GATEWAY_TIMEOUT;
            case CONTENT_FILTERED, CONTEXT_LENGTH -> HttpStatus.UNPROCESSABLE_CONTENT;
            case PAYLOAD_TOO_LARGE -> HttpStatus.CONTENT_TOO_LARGE;
            case CLIENT_ERROR -> HttpStatus.INTERNAL_SERVER_ERROR;
            // Without a status it never left this application, as a call without a model.
            case INVALID_REQUEST ->
                failure.status() == null ? HttpStatus.INTERNAL_SERVER_ERROR : HttpStatus.BAD_GATEWAY;
            case AUTHENTICATION,
                    PERMISSION,
                    BILLING,
                    UNSUPPORTED_REGION,
                    NOT_FOUND,
                    SERVER_ERROR,
                    CONNECTION,
                    MALFORMED_RESPONSE,
                    INCOMPLETE_STREAM,
                    CONFLICT -> HttpStatus.BAD_GATEWAY;
        };
    }

    private static Duration delay(LlmException failure) {
        @Nullable Duration asked = failure.retryAfter();
        Duration otherwise = switch (failure.category()) {
            case QUOTA_EXHAUSTED -> LATE;
            default -> SOON;
        };
        return asked == null || asked.compareTo(SOON) < 0 ? otherwise : asked;
    }

    /** The value of the header {@code Retry-After} in seconds, rounded up; empty without one. */
    public Optional<String> retryAfterSeconds() {
        return Optional.ofNullable(retryAfter)
                .map(delay -> Long.toString(delay.plusNanos(999_999_999).toSeconds()));
    }

    /** The members of a problem detail (RFC 9457). */
    public Map<String, Object> members() {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("title", status.getReasonPhrase());
        members.put("status", status.value());
        members.put("detail", "The call to the language model failed: " + category.replace('_', ' '));
        members.put("category", category);
        return members;
    }
}
