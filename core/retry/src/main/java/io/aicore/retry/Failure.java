package io.aicore.retry;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a failed attempt means for the next one, in terms a retry can decide by. Made by a {@link FailureClassifier}.
 * {@code retryable}, {@code retryAfter} and {@code retryLimit} decide; the rest describes, for the history and events.
 *
 * @param retryable whether another attempt may help
 * @param retryAfter the wait the server asked for; null when it did not (zero and negative hints count as absent)
 * @param retryLimit at most this many retries in a call because of failures of this category, 0 to 15; null is no limit
 *     but {@code maxRetries}
 * @param why one plain phrase; it goes into messages, so no key and no prompt
 * @param phase where the attempt was, such as {@code connect}, {@code first-byte}, {@code body}
 * @param status status of the answer, when there was one
 * @param category the classifier's own name for this kind of failure
 * @param requestId the server's name for the request
 * @param resumable whether the next attempt would go on where this one stopped, and repeat nothing: only then is a stream
 *     retried after elements that commit
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

    /** Another attempt may help. */
    public static Failure retryable(String why) {
        return new Failure(true, null, null, why, null, null, null, null, false);
    }

    /** Another attempt would fail the same way. */
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
