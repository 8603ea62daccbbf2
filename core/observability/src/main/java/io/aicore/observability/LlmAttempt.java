package io.aicore.observability;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A recorded attempt of a call.
 *
 * @param number from 1
 * @param phase where it failed, such as {@code connect} or {@code body}; null if it succeeded
 * @param status the HTTP status; null without an HTTP response
 * @param category category of its failure, such as {@code rate_limited}; null if it succeeded
 * @param requestId the provider's id of the request, for its support; null without one
 * @param hint the delay the provider requested
 * @param delay the delay chosen after it; null if no attempt followed
 * @param why the failure and the decision in one sentence; empty if it succeeded
 */
public record LlmAttempt(
        int number,
        Instant start,
        Duration duration,
        @Nullable String phase,
        @Nullable Integer status,
        @Nullable String category,
        @Nullable String requestId,
        @Nullable Duration hint,
        @Nullable Duration delay,
        String why) {}
