package io.aicore.observability;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One attempt of a call.
 *
 * @param number from 1
 * @param phase where it failed, as {@code connect} or {@code body}; null if it did not fail
 * @param status the HTTP status; null if no response came, or none over HTTP
 * @param category the kind of its failure, as {@code rate_limited}; null if it did not fail
 * @param requestId the provider's id of the request, for its support; null if it gave none
 * @param hint the wait the provider asked for
 * @param delay the wait chosen after it; null if no attempt followed
 * @param why what the failure was and what was decided, in a sentence; empty if it did not fail
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
