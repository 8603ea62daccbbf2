package io.aicore.llm.codec.failure;

import io.aicore.internal.Seconds;
import io.aicore.llm.error.ErrorCategory;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The classification of a failure.
 *
 * @param retryable whether the same request may succeed within about an hour
 * @param delay the delay the server requested; also set if nothing is retried
 * @param why the reason in one sentence: the evidence, its consequence, and the source of the delay
 */
record Verdict(
        ErrorCategory category, boolean retryable, @Nullable Duration delay, String why) {

    // A longer wait within a call is of no use: it fails at once, with the delay.
    private static final Duration LONGEST_WAIT = Duration.ofHours(1);

    /**
     * Classifies this report.
     *
     * @param own the protocol's own rules, which precede the shared ones
     */
    static Verdict of(FailureReport report, List<ErrorRule> own) {
        RetryAfterReader.RetryAfter retryAfter = RetryAfterReader.stated(report);
        ErrorRules.Finding finding = ErrorRules.first(own, report, retryAfter == null ? null : retryAfter.delay());
        ErrorCategory category = finding.rule().category();
        boolean retryable = retryable(category);
        StringBuilder why = new StringBuilder()
                .append(finding.evidence())
                .append(": ")
                .append(finding.rule().consequence());
        if (!retryable && !finding.rule().delayCounts()) {
            // What a wrong request's message says of waiting is quoted from the request, or meant for its author.
            retryAfter = RetryAfterReader.inHeaders(report);
        }
        Duration delay = null;
        if (retryAfter != null) {
            delay = retryAfter.delay();
            why.append("; stated wait: ")
                    .append(Seconds.text(delay))
                    .append(" (")
                    .append(retryAfter.source())
                    .append(')');
        }
        if (retryable && delay != null && delay.compareTo(LONGEST_WAIT) > 0) {
            retryable = false;
            why.append(", longer than an hour: not within a call");
        }
        Boolean said = report.body().retryable();
        if (said != null && !said && retryable) {
            retryable = false;
            why.append("; but its body says retryable: false");
        }
        String shouldRetry = report.headers().first("x-should-retry").orElse("");
        if (shouldRetry.equalsIgnoreCase("false")) {
            why.append("; header x-should-retry: false decides");
            return new Verdict(category, false, delay, why.toString());
        }
        if (shouldRetry.equalsIgnoreCase("true")) {
            // A wrong request would stay wrong: if it may be tried again, the fault is the server's.
            ErrorCategory meant = category == ErrorCategory.INVALID_REQUEST ? ErrorCategory.SERVER_ERROR : category;
            why.append("; header x-should-retry: true decides");
            return new Verdict(meant, true, delay, why.toString());
        }
        return new Verdict(category, retryable, delay, why.toString());
    }

    static boolean retryable(ErrorCategory category) {
        return switch (category) {
            case RATE_LIMITED, OVERLOADED, SERVER_ERROR, TIMEOUT, CONFLICT -> true;
            default -> false;
        };
    }
}
