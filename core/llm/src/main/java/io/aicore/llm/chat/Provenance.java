package io.aicore.llm.chat;

import io.aicore.retry.FailedAttempt;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Response metadata: how an answer was obtained.
 *
 * @param provider the provider that answered
 * @param attempts number of attempts, the successful one included
 * @param waited total wait between attempts
 * @param latency from the subscription to the end of the answer, waits included
 * @param timeToFirstToken from the start of the successful attempt to its first token; null for plain completions
 * @param failures the failed attempts, oldest first, at most 16
 * @param cost the cost, failed attempts with known tokens included; null if any part is unknown
 * @param warnings changes to the request, made because the provider would have rejected it or cannot express it
 * @param response metadata from the head of the HTTP response
 * @param resends requests sent a second time within their attempt because the pooled connection was dead; the provider
 *     may have received, and may bill, both
 */
public record Provenance(
        String provider,
        int attempts,
        Duration waited,
        Duration latency,
        @Nullable Duration timeToFirstToken,
        List<FailedAttempt> failures,
        @Nullable Cost cost,
        List<String> warnings,
        ResponseInfo response,
        int resends) {

    private static final int KEPT_FAILURES = 16;

    public Provenance {
        failures = List.copyOf(failures);
        warnings = List.copyOf(warnings);
    }

    /** Response metadata without cost. */
    public Provenance(
            String provider,
            int attempts,
            Duration waited,
            Duration latency,
            @Nullable Duration timeToFirstToken,
            List<FailedAttempt> failures) {
        this(provider, attempts, waited, latency, timeToFirstToken, failures, null, List.of(), ResponseInfo.NONE, 0);
    }

    /** The provider's id of the answered request, for its support; null without one. */
    public @Nullable String requestId() {
        return response.requestId();
    }

    /** Headers of the response, see {@link ResponseInfo#headers()}. */
    public Map<String, String> headers() {
        return response.headers();
    }

    /** The rate limit that the response reported; null without one. */
    public @Nullable RateLimit rateLimit() {
        return response.rateLimit();
    }

    /** Returns a copy with this cost and these warnings. */
    public Provenance billed(@Nullable Cost cost, List<String> warnings) {
        return new Provenance(
                provider, attempts, waited, latency, timeToFirstToken, failures, cost, warnings, response, resends);
    }

    /**
     * Combines both, for an answer that took several calls in sequence: attempts, waits and latencies are added up, the
     * response is that of the last request.
     */
    public Provenance plus(Provenance later) {
        List<FailedAttempt> both = Stream.concat(failures.stream(), later.failures.stream())
                .limit(KEPT_FAILURES)
                .toList();
        return new Provenance(
                provider,
                attempts + later.attempts,
                waited.plus(later.waited),
                latency.plus(later.latency),
                timeToFirstToken,
                both,
                cost == null || later.cost == null ? null : cost.plus(later.cost),
                Stream.concat(warnings.stream(), later.warnings.stream())
                        .distinct()
                        .toList(),
                later.response,
                resends + later.resends);
    }

    /** Returns a copy with this latency, for calls that ran concurrently. */
    public Provenance latency(Duration latency) {
        return new Provenance(
                provider, attempts, waited, latency, timeToFirstToken, failures, cost, warnings, response, resends);
    }
}
