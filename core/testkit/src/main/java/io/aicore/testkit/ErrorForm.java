package io.aicore.testkit;

import io.aicore.llm.error.ErrorCategory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One way in which a provider fails, and what it means. Begin with {@link #of} and say what differs.
 *
 * @param status on the wire
 * @param headers lines, as in {@code "retry-after: 3"}
 * @param meaning what the exception must say
 */
public record ErrorForm(int status, List<String> headers, String body, Meaning meaning) {

    /**
     * What a failure means.
     *
     * @param status the status that the exception must have; null asks for none
     * @param retryable whether the same request may pass soon
     * @param delay what the server asks to wait; null if it asks for nothing
     */
    public record Meaning(
            ErrorCategory category,
            @Nullable Integer status,
            boolean retryable,
            @Nullable Duration delay) {}

    private static final Set<ErrorCategory> RETRYABLE = EnumSet.of(
            ErrorCategory.RATE_LIMITED,
            ErrorCategory.OVERLOADED,
            ErrorCategory.SERVER_ERROR,
            ErrorCategory.TIMEOUT,
            ErrorCategory.CONFLICT,
            ErrorCategory.MALFORMED_RESPONSE);

    public ErrorForm {
        headers = List.copyOf(headers);
    }

    /** This status and body, retryable as its category usually is, without a delay. */
    public static ErrorForm of(int status, String body, ErrorCategory category) {
        Integer meant = status / 100 == 2 ? null : status;
        return new ErrorForm(status, List.of(), body, new Meaning(category, meant, RETRYABLE.contains(category), null));
    }

    public ErrorCategory category() {
        return meaning.category;
    }

    public @Nullable Integer meant() {
        return meaning.status;
    }

    public boolean retryable() {
        return meaning.retryable;
    }

    public @Nullable Duration delay() {
        return meaning.delay;
    }

    /** With one more header line. */
    public ErrorForm header(String line) {
        List<String> lines = new ArrayList<>(headers);
        lines.add(line);
        return new ErrorForm(status, lines, body, meaning);
    }

    /** Under a success: the status that it stands for. */
    public ErrorForm meaning(int meant) {
        return meaning(new Meaning(category(), meant, retryable(), delay()));
    }

    /** Not retryable, although its category is. */
    public ErrorForm notRetryable() {
        return meaning(new Meaning(category(), meant(), false, delay()));
    }

    /** With a wait the server asks for. */
    public ErrorForm delay(Duration delay) {
        return meaning(new Meaning(category(), meant(), retryable(), delay));
    }

    private ErrorForm meaning(Meaning meaning) {
        return new ErrorForm(status, headers, body, meaning);
    }

    ErrorForm body(String body) {
        return new ErrorForm(status, headers, body, meaning);
    }

    @Override
    public String toString() {
        return status + " " + headers + " " + category().word() + " " + body;
    }
}
