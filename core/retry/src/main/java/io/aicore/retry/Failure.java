package io.aicore.retry;

import io.aicore.internal.Check;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The classification of an error, made by a {@link FailureClassifier}. {@code retryable}, {@code retryAfter} and
 * {@code retryLimit} decide about the retry; {@code why} and {@code facts} describe the failure in the history and in
 * events. Start with {@link #retryable(String)} or {@link #permanent(String)}.
 *
 * @param retryable whether another attempt may succeed
 * @param retryAfter the delay the server requested; null without one (zero and negative values count as absent)
 * @param retryLimit maximum number of retries per call for failures of this category, 0 to 15; null for no limit but
 *     {@code maxRetries}
 * @param resumable whether the next attempt continues where this one stopped and repeats nothing; a stream is retried
 *     after elements that commit only if this is true
 * @param why a short description for messages; must not contain a key or a prompt
 * @param facts what else is known about the failure
 */
public record Failure(
        boolean retryable,
        @Nullable Duration retryAfter,
        @Nullable Integer retryLimit,
        boolean resumable,
        String why,
        Facts facts) {

    /**
     * What is known about a failure. All components are optional.
     *
     * @param category the classifier's name for this kind of failure
     * @param phase where the attempt failed, such as {@code connect}, {@code first-byte}, {@code body}
     * @param status HTTP status of the response, if there was one
     * @param requestId the server's id of the request
     */
    public record Facts(
            @Nullable String category,
            @Nullable String phase,
            @Nullable Integer status,
            @Nullable String requestId) {

        static final Facts NONE = new Facts(null, null, null, null);
    }

    public Failure {
        retryAfter = retryAfter == null || retryAfter.isNegative() || retryAfter.isZero() ? null : retryAfter;
        if (retryLimit != null) {
            // Counted in the remembered failures, of which there are 16.
            Check.that(retryLimit >= 0 && retryLimit < CallAttempt.REMEMBERED, "retryLimit", retryLimit, "0 to 15");
        }
    }

    /** A failure that another attempt may overcome. */
    public static Failure retryable(String why) {
        return new Failure(true, null, null, false, why, Facts.NONE);
    }

    /** A failure that another attempt would repeat. */
    public static Failure permanent(String why) {
        return new Failure(false, null, null, false, why, Facts.NONE);
    }

    public @Nullable String category() {
        return facts.category;
    }

    public @Nullable String phase() {
        return facts.phase;
    }

    public @Nullable Integer status() {
        return facts.status;
    }

    public @Nullable String requestId() {
        return facts.requestId;
    }

    public Failure retryable(boolean retryable) {
        return new Failure(retryable, retryAfter, retryLimit, resumable, why, facts);
    }

    public Failure retryAfter(@Nullable Duration retryAfter) {
        return new Failure(retryable, retryAfter, retryLimit, resumable, why, facts);
    }

    public Failure retryLimit(@Nullable Integer retryLimit) {
        return new Failure(retryable, retryAfter, retryLimit, resumable, why, facts);
    }

    public Failure resumable(boolean resumable) {
        return new Failure(retryable, retryAfter, retryLimit, resumable, why, facts);
    }

    public Failure why(String why) {
        return new Failure(retryable, retryAfter, retryLimit, resumable, why, facts);
    }

    public Failure facts(Facts facts) {
        return new Failure(retryable, retryAfter, retryLimit, resumable, why, facts);
    }

    public Failure category(@Nullable String category) {
        return facts(new Facts(category, facts.phase, facts.status, facts.requestId));
    }

    public Failure phase(@Nullable String phase) {
        return facts(new Facts(facts.category, phase, facts.status, facts.requestId));
    }

    public Failure status(@Nullable Integer status) {
        return facts(new Facts(facts.category, facts.phase, status, facts.requestId));
    }

    public Failure requestId(@Nullable String requestId) {
        return facts(new Facts(facts.category, facts.phase, facts.status, requestId));
    }
}
