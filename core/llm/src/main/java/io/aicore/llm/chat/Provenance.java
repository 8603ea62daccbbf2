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
 * @param requests the requests it took
 * @param timing how long it took
 * @param cost the cost, failed attempts with known tokens included; null if any part is unknown
 * @param warnings changes to the request, made because the provider would have rejected it or cannot express it
 * @param response metadata from the head of the HTTP response
 */
public record Provenance(
        String provider,
        Requests requests,
        Timing timing,
        @Nullable Cost cost,
        List<String> warnings,
        ResponseInfo response) {

    private static final int KEPT_FAILURES = 16;

    public Provenance {
        warnings = List.copyOf(warnings);
    }

    /**
     * The requests that an answer took.
     *
     * @param attempts number of attempts, the successful one included
     * @param resends requests sent a second time within their attempt because the pooled connection was dead; the
     *     provider may have received, and may bill, both
     * @param failures the failed attempts, oldest first, at most 16
     */
    public record Requests(int attempts, int resends, List<FailedAttempt> failures) {

        public Requests {
            failures = List.copyOf(failures);
        }

        Requests plus(Requests later) {
            List<FailedAttempt> both = Stream.concat(failures.stream(), later.failures.stream())
                    .limit(KEPT_FAILURES)
                    .toList();
            return new Requests(attempts + later.attempts, resends + later.resends, both);
        }
    }

    /**
     * How long an answer took.
     *
     * @param latency from the subscription to the end of the answer, waits included
     * @param waited total wait between attempts
     * @param timeToFirstToken from the start of the successful attempt to its first token; null for plain completions
     */
    public record Timing(
            Duration latency, Duration waited, @Nullable Duration timeToFirstToken) {

        Timing plus(Timing later) {
            return new Timing(latency.plus(later.latency), waited.plus(later.waited), timeToFirstToken);
        }
    }

    /** Response metadata without cost, warnings and response. */
    public static Provenance of(String provider, Requests requests, Timing timing) {
        return new Provenance(provider, requests, timing, null, List.of(), ResponseInfo.NONE);
    }

    /** Number of attempts, the successful one included. */
    public int attempts() {
        return requests.attempts;
    }

    /** Requests sent a second time within their attempt, see {@link Requests}. */
    public int resends() {
        return requests.resends;
    }

    /** The failed attempts, oldest first, at most 16. */
    public List<FailedAttempt> failures() {
        return requests.failures;
    }

    /** From the subscription to the end of the answer, waits included. */
    public Duration latency() {
        return timing.latency;
    }

    /** Total wait between attempts. */
    public Duration waited() {
        return timing.waited;
    }

    /** From the start of the successful attempt to its first token; null for plain completions. */
    public @Nullable Duration timeToFirstToken() {
        return timing.timeToFirstToken;
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
        return new Provenance(provider, requests, timing, cost, warnings, response);
    }

    /** Returns a copy with this metadata of the response. */
    public Provenance response(ResponseInfo response) {
        return new Provenance(provider, requests, timing, cost, warnings, response);
    }

    /**
     * Combines both, for an answer that took several calls in sequence: attempts, waits and latencies are added up, the
     * response is that of the last request.
     */
    public Provenance plus(Provenance later) {
        Cost both = cost == null || later.cost == null ? null : cost.plus(later.cost);
        List<String> all = Stream.concat(warnings.stream(), later.warnings.stream())
                .distinct()
                .toList();
        return new Provenance(
                provider, requests.plus(later.requests), timing.plus(later.timing), both, all, later.response);
    }

    /** Returns a copy with this latency, for calls that ran concurrently. */
    public Provenance latency(Duration latency) {
        Timing other = new Timing(latency, timing.waited, timing.timeToFirstToken);
        return new Provenance(provider, requests, other, cost, warnings, response);
    }
}
