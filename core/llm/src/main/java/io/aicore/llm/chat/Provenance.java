package io.aicore.llm.chat;

import io.aicore.retry.FailedAttempt;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How an answer came.
 *
 * @param provider who served it
 * @param attempts how many attempts it took, the successful one included
 * @param waited the time spent waiting between attempts
 * @param latency from the subscription to the end of the answer, waits included
 * @param timeToFirstToken from the start of the successful attempt to its first token; null for plain completions
 * @param failures the attempts that failed before, oldest first, at most 16
 * @param cost what it cost with the failed attempts that told their tokens; null if that is not known for certain
 * @param warnings what was changed in the request because the provider would have refused it or has no word for it
 * @param response what the head of the answer's response told
 * @param resends how many requests went out a second time within their attempt, since the kept connection they were on was
 *     dead: the provider may have seen them, and bill them, twice
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

    /** How an answer came of which no cost is known. */
    public Provenance(
            String provider,
            int attempts,
            Duration waited,
            Duration latency,
            @Nullable Duration timeToFirstToken,
            List<FailedAttempt> failures) {
        this(provider, attempts, waited, latency, timeToFirstToken, failures, null, List.of(), ResponseInfo.NONE, 0);
    }

    /** The provider's id of the request that was answered, for its support; null if it gave none. */
    public @Nullable String requestId() {
        return response.requestId();
    }

    /** Headers of the answer's response: see {@link ResponseInfo#headers()}. */
    public Map<String, String> headers() {
        return response.headers();
    }

    /** How much more the provider will take, as it told with the answer; null if it did not say. */
    public @Nullable RateLimit rateLimit() {
        return response.rateLimit();
    }

    /** The same, with what it cost and what was changed. */
    public Provenance billed(@Nullable Cost cost, List<String> warnings) {
        return new Provenance(
                provider, attempts, waited, latency, timeToFirstToken, failures, cost, warnings, response, resends);
    }

    /**
     * Both as one, for an answer that took several calls after each other: attempts, waits and latencies added up,
     * the response that of the last request.
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

    /** The same with this latency, where calls ran at the same time. */
    public Provenance latency(Duration latency) {
        return new Provenance(
                provider, attempts, waited, latency, timeToFirstToken, failures, cost, warnings, response, resends);
    }
}
