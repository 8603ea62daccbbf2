package io.aicore.llm.chat;

import io.aicore.retry.FailedAttempt;
import java.time.Duration;
import java.util.List;
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
 */
public record Provenance(
        String provider,
        int attempts,
        Duration waited,
        Duration latency,
        @Nullable Duration timeToFirstToken,
        List<FailedAttempt> failures) {

    private static final int KEPT_FAILURES = 16;

    public Provenance {
        failures = List.copyOf(failures);
    }

    /** Both as one, for an answer that took several calls after each other: attempts, waits and latencies added up. */
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
                both);
    }

    /** The same with this latency, where calls ran at the same time. */
    public Provenance latency(Duration latency) {
        return new Provenance(provider, attempts, waited, latency, timeToFirstToken, failures);
    }
}
