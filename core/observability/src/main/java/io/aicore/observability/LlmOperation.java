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
 * A recorded call.
 *
 * @param id unique among all machines that write to one database
 * @param operation {@code complete}, {@code stream}, {@code embed} or {@code count_tokens}
 * @param host host and port of the provider's address; null for a provider without one
 * @param latency from the subscription to the end, waits included
 * @param timeToFirstToken of the successful attempt; null unless it was a stream
 * @param failure the failure; {@link FailureInfo#NONE} for a successful call
 * @param retries attempts after the first
 * @param waited total wait between attempts
 * @param circuit the circuit's state when the call began
 * @param servedBy the model that answered, which may differ from the requested one, and its provider
 * @param usage null if unknown
 * @param costUsd null if unknown
 * @param extras other metadata of the request
 * @param content prompt and answer, if they are stored
 * @param attempts oldest first; empty in a listing, which does not load them
 * @param names ids of the call in logs and traces
 * @param resends requests sent again on a new connection, which do not count as attempts; null if unknown
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
        FailureInfo failure,
        int retries,
        Duration waited,
        @Nullable String circuit,
        @Nullable String servedBy,
        @Nullable Usage usage,
        @Nullable BigDecimal costUsd,
        Map<String, String> extras,
        StoredContent content,
        List<LlmAttempt> attempts,
        CallIds names,
        @Nullable Integer resends) {

    /** A call without ids in logs and traces. */
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
            FailureInfo failure,
            int retries,
            Duration waited,
            @Nullable String circuit,
            @Nullable String servedBy,
            @Nullable Usage usage,
            @Nullable BigDecimal costUsd,
            Map<String, String> extras,
            StoredContent content,
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
                failure,
                retries,
                waited,
                circuit,
                servedBy,
                usage,
                costUsd,
                extras,
                content,
                attempts,
                CallIds.NONE,
                null);
    }

    public LlmOperation {
        extras = Map.copyOf(extras);
        attempts = List.copyOf(attempts);
    }

    /** Returns a copy with these attempts. */
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
                failure,
                retries,
                waited,
                circuit,
                servedBy,
                usage,
                costUsd,
                extras,
                content,
                attempts,
                names,
                resends);
    }
}
