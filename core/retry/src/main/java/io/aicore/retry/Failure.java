package io.aicore.retry;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The classification of an error, made by a {@link FailureClassifier}. {@code retryable}, {@code retryAfter} and
 * {@code retryLimit} decide about the retry; the other components describe the failure in the history and in events.
 *
 * @param retryable whether another attempt may succeed
 * @param retryAfter the delay the server requested; null without one (zero and negative values count as absent)
 * @param retryLimit maximum number of retries per call for failures of this category, 0 to 15; null for no limit but
 *     {@code maxRetries}
 * @param why a short description for messages; must not contain a key or a prompt
 * @param phase where the attempt failed, such as {@code connect}, {@code first-byte}, {@code body}
 * @param status HTTP status of the response, if there was one
 * @param category the classifier's name for this kind of failure
 * @param requestId the server's id of the request
 * @param resumable whether the next attempt continues where this one stopped and repeats nothing; a stream is retried
 *     after elements that commit only if this is true
 */
public record Failure(
        boolean retryable,
        @Nullable Duration retryAfter,
        @Nullable Integer retryLimit,
        String why,
        @Nullable String phase,
        @Nullable Integer status,
        @Nullable String category,
        @Nullable String requestId,
        boolean resumable) {

    public Failure {
        retryAfter = retryAfter == null || retryAfter.isNegative() || retryAfter.isZero() ? null : retryAfter;
        if (retryLimit != null) {
            // Counted in the remembered failures, of which there are 16.
            Check.that(retryLimit >= 0 && retryLimit < Attempt.REMEMBERED, "retryLimit", retryLimit, "0 to 15");
        }
    }

    /** A failure that another attempt may overcome. */
    public static Failure retryable(String why) {
        return new Failure(true, null, null, why, null, null, null, null, false);
    }

    /** A failure that another attempt would repeat. */
    public static Failure permanent(String why) {
        return new Failure(false, null, null, why, null, null, null, null, false);
    }

    public Failure retryable(boolean retryable) {
        return new Failure(retryable, retryAfter, retryLimit, why, phase, status, category, requestId, resumable);
    }

    public Failure retryAfter(@Nullable Duration retryAfter) {
        return new Failure(retryable, retryAfter, retryLimit, why, phase, status, category, requestId, resumable);
    }

    public Failure retryLimit(@Nullable Integer retryLimit) {
        return new Failure(retryable, retryAfter, retryLimit, why, phase, status, category, requestId, resumable);
    }

    public Failure why(String why) {
        return new Failure(retryable, retryAfter, retryLimit, why, phase, status, category, requestId, resumable);
    }

    public Failure phase(@Nullable String phase) {
        return new Failure(retryable, retryAfter, retryLimit, why, phase, status, category, requestId, resumable);
    }

    public Failure status(@Nullable Integer status) {
        return new Failure(retryable, retryAfter, retryLimit, why, phase, status, category, requestId, resumable);
    }

    public Failure category(@Nullable String category) {
        return new Failure(retryable, retryAfter, retryLimit, why, phase, status, category, requestId, resumable);
    }

    public Failure requestId(@Nullable String requestId) {
        return new Failure(retryable, retryAfter, retryLimit, why, phase, status, category, requestId, resumable);
    }

    public Failure resumable(boolean resumable) {
        return new Failure(retryable, retryAfter, retryLimit, why, phase, status, category, requestId, resumable);
    }
}
