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
 * @param content prompt and answer, if they are stored
 */
public record LlmOperation(
        Ids ids, Request request, Timing timing, Result result, Execution execution, StoredContent content) {

    /**
     * The ids of a call.
     *
     * @param id unique among all machines that write to one database
     * @param callId in logs, errors and on spans; null if unknown
     * @param trace in traces
     */
    public record Ids(String id, @Nullable String callId, TraceIds trace) {}

    /**
     * The request: operation, model and address.
     *
     * @param operation {@code complete}, {@code stream}, {@code embed} or {@code count_tokens}
     * @param model the requested model
     * @param host host and port of the provider's address; null for a provider without one
     * @param extras other metadata of the request
     */
    public record Request(
            String operation,
            String provider,
            String model,
            @Nullable String host,
            Identity identity,
            Map<String, String> extras) {

        public Request {
            extras = Map.copyOf(extras);
        }
    }

    /**
     * When it ran.
     *
     * @param latency from the subscription to the end, waits included
     * @param timeToFirstToken of the successful attempt; null unless it was a stream
     */
    public record Timing(
            Instant start, Duration latency, @Nullable Duration timeToFirstToken) {}

    /**
     * How it ended.
     *
     * @param failure {@link FailureInfo#NONE} for a successful call
     * @param servedBy the model that answered, which may differ from the requested one, and its provider
     * @param usage null if unknown
     * @param costUsd null if unknown
     */
    public record Result(
            CallOutcome outcome,
            FailureInfo failure,
            @Nullable String servedBy,
            @Nullable Usage usage,
            @Nullable BigDecimal costUsd) {}

    /**
     * Its attempts.
     *
     * @param retries attempts after the first
     * @param waited total wait between attempts and for admission
     * @param resends requests sent again on a new connection, which do not count as attempts; null if unknown
     * @param circuit the circuit's state when the call began
     * @param attempts oldest first; empty in a listing, which does not load them
     */
    public record Execution(
            int retries,
            Duration waited,
            @Nullable Integer resends,
            @Nullable String circuit,
            List<LlmAttempt> attempts) {

        public Execution {
            attempts = List.copyOf(attempts);
        }
    }

    public String id() {
        return ids.id();
    }

    public Identity identity() {
        return request.identity();
    }

    public String operation() {
        return request.operation();
    }

    public String provider() {
        return request.provider();
    }

    public String model() {
        return request.model();
    }

    public @Nullable String host() {
        return request.host();
    }

    public Map<String, String> extras() {
        return request.extras();
    }

    public Instant start() {
        return timing.start();
    }

    public Duration latency() {
        return timing.latency();
    }

    public @Nullable Duration timeToFirstToken() {
        return timing.timeToFirstToken();
    }

    public CallOutcome outcome() {
        return result.outcome();
    }

    public FailureInfo failure() {
        return result.failure();
    }

    public @Nullable String servedBy() {
        return result.servedBy();
    }

    public @Nullable Usage usage() {
        return result.usage();
    }

    public @Nullable BigDecimal costUsd() {
        return result.costUsd();
    }

    public int retries() {
        return execution.retries();
    }

    public Duration waited() {
        return execution.waited();
    }

    public @Nullable Integer resends() {
        return execution.resends();
    }

    public @Nullable String circuit() {
        return execution.circuit();
    }

    public List<LlmAttempt> attempts() {
        return execution.attempts();
    }

    /** Returns a copy with these attempts. */
    public LlmOperation attempts(List<LlmAttempt> attempts) {
        Execution loaded = new Execution(retries(), waited(), resends(), circuit(), attempts);
        return new LlmOperation(ids, request, timing, result, loaded, content);
    }
}
