package io.aicore.observability;

import io.aicore.llm.chat.Usage;
import io.aicore.llm.observe.CallOutcome;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One call, as it is stored.
 *
 * @param id names the call; unique among all machines that write to one database
 * @param operation what was asked for: {@code complete}, {@code stream}, {@code embed} or {@code count_tokens}
 * @param host host and port of the provider's address; null for a provider without one
 * @param latency from the subscription to the end, waits included
 * @param timeToFirstToken of the attempt that succeeded; null unless it was a stream
 * @param trouble why it failed; {@link Trouble#NONE} if it did not
 * @param retries attempts after the first
 * @param waited between attempts, together
 * @param circuit the circuit's state when the call began
 * @param servedBy who gave the answer, where that may be another than {@code provider}
 * @param usage null if unknown
 * @param costUsd null if unknown
 * @param extras the rest of the request's metadata
 * @param words what was asked and answered, if that is stored
 * @param attempts oldest first; empty in a listing, which does not read them
 * @param names what the call is named in logs and traces
 * @param resends requests that went out again on a fresh connection, which are no attempts; null if unknown
 */
public record LlmOperation(
        String id,
        Identity identity,
        String operation,
        String provider,
        String model,
        @Nullable String host,
        Instant start,
        Duration latency,
        @Nullable Duration timeToFirstToken,
        CallOutcome outcome,
        Trouble trouble,
        int retries,
        Duration waited,
        @Nullable String circuit,
        @Nullable String servedBy,
        @Nullable Usage usage,
        @Nullable BigDecimal costUsd,
        Map<String, String> extras,
        Words words,
        List<LlmAttempt> attempts,
        CallIds names,
        @Nullable Integer resends) {

    /** One that is named nowhere else. */
    public LlmOperation(
            String id,
            Identity identity,
            String operation,
            String provider,
            String model,
            @Nullable String host,
            Instant start,
            Duration latency,
            @Nullable Duration timeToFirstToken,
            CallOutcome outcome,
            Trouble trouble,
            int retries,
            Duration waited,
            @Nullable String circuit,
            @Nullable String servedBy,
            @Nullable Usage usage,
            @Nullable BigDecimal costUsd,
            Map<String, String> extras,
            Words words,
            List<LlmAttempt> attempts) {
        this(
                id,
                identity,
                operation,
                provider,
                model,
                host,
                start,
                latency,
                timeToFirstToken,
                outcome,
                trouble,
                retries,
                waited,
                circuit,
                servedBy,
                usage,
                costUsd,
                extras,
                words,
                attempts,
                CallIds.NONE,
                null);
    }

    public LlmOperation {
        extras = Map.copyOf(extras);
        attempts = List.copyOf(attempts);
    }

    /** The same with its attempts. */
    public LlmOperation attempts(List<LlmAttempt> attempts) {
        return new LlmOperation(
                id,
                identity,
                operation,
                provider,
                model,
                host,
                start,
                latency,
                timeToFirstToken,
                outcome,
                trouble,
                retries,
                waited,
                circuit,
                servedBy,
                usage,
                costUsd,
                extras,
                words,
                attempts,
                names,
                resends);
    }
}
