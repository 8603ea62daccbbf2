package io.aicore.llm.chat;

import io.aicore.retry.FailedAttempt;
import java.time.Duration;
import java.util.List;
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

    public Provenance {
        failures = List.copyOf(failures);
    }
}
