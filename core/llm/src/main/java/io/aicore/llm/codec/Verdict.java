package io.aicore.llm.codec;

import io.aicore.llm.error.ErrorCategory;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a failure means.
 *
 * @param retryable whether the same request may pass within about an hour
 * @param delay what the server said to wait; also present where nothing is retried
 * @param why the evidence in a sentence
 */
record Verdict(
        ErrorCategory category, boolean retryable, @Nullable Duration delay, String why) {

    // Waiting longer than this within a call helps nobody: the caller hears of it at once, with the delay.
    private static final Duration LONGEST_WAIT = Duration.ofHours(1);

    /** The verdict on this report. */
    static Verdict of(FailureReport report) {
        Duration delay = RetryHints.delay(report);
        ErrorRule rule = ErrorRules.first(report, delay);
        ErrorCategory category = rule.category();
        boolean retryable = retryable(category);
        String why = rule.why();
        if (!retryable && !rule.delayCounts()) {
            // What a wrong request's message says of waiting is quoted from the request, or meant for its author.
            delay = RetryHints.headerDelay(report);
        }
        if (retryable && delay != null && delay.compareTo(LONGEST_WAIT) > 0) {
            retryable = false;
            why += ", and it asks to wait longer than an hour";
        }
        Boolean said = report.body().retryable();
        if (said != null && !said && retryable) {
            retryable = false;
            why += ", and its body says not to retry";
        }
        String shouldRetry = report.headers().first("x-should-retry").orElse("");
        if (shouldRetry.equalsIgnoreCase("false")) {
            return new Verdict(category, false, delay, why + ", x-should-retry: false");
        }
        if (shouldRetry.equalsIgnoreCase("true")) {
            // A wrong request would stay wrong: if it may be tried again, the fault is the server's.
            ErrorCategory meant = category == ErrorCategory.INVALID_REQUEST ? ErrorCategory.SERVER_ERROR : category;
            return new Verdict(meant, true, delay, why + ", x-should-retry: true");
        }
        return new Verdict(category, retryable, delay, why);
    }

    static boolean retryable(ErrorCategory category) {
        return switch (category) {
            case RATE_LIMITED, OVERLOADED, SERVER_ERROR, TIMEOUT, CONFLICT -> true;
            default -> false;
        };
    }
}
