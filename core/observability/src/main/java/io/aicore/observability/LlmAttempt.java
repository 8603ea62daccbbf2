package io.aicore.observability;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A recorded attempt of a call.
 *
 * @param number from 1
 * @param failure why it failed; {@link Failure#NONE} if it succeeded
 * @param decision what followed it
 */
public record LlmAttempt(
        int number, Instant start, Duration duration, Response response, Failure failure, Decision decision) {

    /**
     * The HTTP response.
     *
     * @param status null without a response
     * @param requestId the provider's id of the request, for its support; null without one
     */
    public record Response(
            @Nullable Integer status, @Nullable String requestId) {

        /** No response. */
        public static final Response NONE = new Response(null, null);
    }

    /**
     * The failure of an attempt.
     *
     * @param phase where it failed, such as {@code connect} or {@code body}
     * @param category its category, such as {@code rate_limited}
     * @param retryAfter the delay the provider requested
     */
    public record Failure(
            @Nullable String phase,
            @Nullable String category,
            @Nullable Duration retryAfter) {

        /** No failure. */
        public static final Failure NONE = new Failure(null, null, null);
    }

    /**
     * The decision after an attempt.
     *
     * @param delay the delay before the next attempt; null if none followed
     * @param why the failure and the decision in one sentence, and how the attempt waited for admission; empty if it succeeded
     *     without a wait
     */
    public record Decision(@Nullable Duration delay, String why) {

        /** No decision. */
        public static final Decision NONE = new Decision(null, "");
    }

    public @Nullable Integer status() {
        return response.status();
    }

    public @Nullable String requestId() {
        return response.requestId();
    }

    public @Nullable String phase() {
        return failure.phase();
    }

    public @Nullable String category() {
        return failure.category();
    }

    public @Nullable Duration retryAfter() {
        return failure.retryAfter();
    }

    public @Nullable Duration delay() {
        return decision.delay();
    }

    public String why() {
        return decision.why();
    }
}
