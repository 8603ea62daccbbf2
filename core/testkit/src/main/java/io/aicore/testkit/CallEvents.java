package io.aicore.testkit;

import io.aicore.limit.Admission;
import io.aicore.limit.AdmissionEvent;
import io.aicore.limit.AdmissionEvent.WaitReason;
import io.aicore.limit.CircuitBreaker;
import io.aicore.limit.RetryBudget;
import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.Provenance;
import io.aicore.llm.chat.Usage;
import io.aicore.llm.observe.CallEnd;
import io.aicore.llm.observe.CallOutcome;
import io.aicore.llm.observe.CallRequest;
import io.aicore.llm.observe.CallStart;
import io.aicore.llm.observe.ResponseHead;
import io.aicore.retry.Attempt;
import io.aicore.retry.FailedAttempt;
import io.aicore.retry.Failure;
import io.aicore.retry.GiveUpReason;
import io.aicore.retry.RetryEvent;
import io.aicore.retry.RetryHistory;
import io.aicore.retry.RetrySettings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link io.aicore.retry.RetryListener} or a {@link io.aicore.llm.observe.CallObserver} gets, for tests of them:
 * as of a call without waits whose id is {@code call} and whose scope is empty; durations are zero unless given.
 */
public final class CallEvents {

    private static final String CALL = "call";

    private CallEvents() {}

    private record TestAttempt(
            String callId,
            int number,
            Duration waited,
            @Nullable Duration remaining,
            List<FailedAttempt> failures) implements Attempt {}

    private record Started(String callId, String scope, Attempt attempt) implements RetryEvent.AttemptStarted {}

    private record Failed(String callId, String scope, int number, Duration duration, Failure failure, Throwable error)
            implements RetryEvent.AttemptFailed {}

    private record Scheduled(String callId, String scope, int number, Duration delay, String why)
            implements RetryEvent.RetryScheduled {}

    private record Waits(String callId, String scope, int number, AdmissionEvent event, String why)
            implements RetryEvent.Admission {}

    private record Succeeded(String callId, String scope, int number, Duration waited, Duration elapsed)
            implements RetryEvent.Succeeded {}

    private record Cancelled(String callId, String scope, int number, boolean waiting)
            implements RetryEvent.Cancelled {}

    private record GaveUp(
            String callId, String scope, int number, RetryHistory history, GiveUpReason reason, Throwable error)
            implements RetryEvent.GaveUp {}

    private record History(
            String callId,
            List<FailedAttempt> failures,
            GiveUpReason reason,
            String why,
            Duration waited,
            Duration elapsed,
            int attempts)
            implements RetryHistory {}

    private record LastFailure(
            int number,
            Instant start,
            Duration duration,
            Failure failure,
            Throwable error,
            @Nullable Duration delay,
            String delayWhy)
            implements FailedAttempt {}

    private record Start(
            String provider,
            @Nullable String host,
            CallRequest request,
            CircuitBreaker circuit,
            @Nullable Admission admission,
            @Nullable RetryBudget retryBudget,
            @Nullable RetrySettings retrySettings)
            implements CallStart {}

    private record End(
            CallOutcome outcome,
            Duration latency,
            @Nullable Duration timeToFirstToken,
            @Nullable Completion answer,
            @Nullable Usage usage,
            @Nullable Provenance provenance,
            @Nullable ResponseHead response,
            @Nullable Throwable error)
            implements CallEnd {}

    /** The start of a call with unknown retry settings; the host is null for a provider without an address. */
    public static CallStart start(String provider, @Nullable String host, CallRequest request, CircuitBreaker circuit) {
        return new Start(provider, host, request, circuit, null, null, null);
    }

    /** The end of a call of which nothing else is known. */
    public static CallEnd end(CallOutcome outcome) {
        return end(outcome, Duration.ZERO, null, null);
    }

    /** The end of a call that was not answered with text, such as one for embeddings. */
    public static CallEnd end(
            CallOutcome outcome, Duration latency, @Nullable Usage usage, @Nullable ResponseHead response) {
        return new End(outcome, latency, null, null, usage, null, response, null);
    }

    /** An attempt without a deadline; the number starts at 1. */
    public static Attempt attempt(int number) {
        return new TestAttempt(CALL, number, Duration.ZERO, null, List.of());
    }

    public static RetryEvent.AttemptStarted started(int number) {
        return new Started(CALL, "", attempt(number));
    }

    public static RetryEvent.AttemptFailed failed(int number, Failure failure, Throwable error) {
        return new Failed(CALL, "", number, Duration.ZERO, failure, error);
    }

    /** A retry after this delay follows the failed attempt with this number. */
    public static RetryEvent.RetryScheduled scheduled(int number, Duration delay) {
        return new Scheduled(CALL, "", number, delay, "backoff before retry " + number);
    }

    /**
     * The attempt begins to wait for admission.
     *
     * @param expected the least wait; zero if unknown
     */
    public static RetryEvent.Admission waits(int number, WaitReason reason, Duration expected) {
        AdmissionEvent wait = new AdmissionEvent.WaitBegan("admission", "key", reason, expected);
        return new Waits(CALL, "", number, wait, "waits for admission: " + reason.why());
    }

    /** The attempt has waited for admission this long, and goes, or fails. */
    public static RetryEvent.Admission waited(int number, Duration waited, boolean admitted) {
        AdmissionEvent wait = new AdmissionEvent.WaitEnded("admission", "key", waited, admitted);
        return new Waits(CALL, "", number, wait, (admitted ? "admitted" : "not admitted") + " after " + waited);
    }

    public static RetryEvent.Succeeded succeeded(int number) {
        return new Succeeded(CALL, "", number, Duration.ZERO, Duration.ZERO);
    }

    /** The caller left, during a wait between attempts or during one. */
    public static RetryEvent.Cancelled cancelled(int number, boolean waiting) {
        return new Cancelled(CALL, "", number, waiting);
    }

    /** The call failed with this error; its history has the last attempt. */
    public static RetryEvent.GaveUp gaveUp(int number, GiveUpReason reason, Failure failure, Throwable error) {
        FailedAttempt last = new LastFailure(number, Instant.EPOCH, Duration.ZERO, failure, error, null, failure.why());
        History history = new History(CALL, List.of(last), reason, failure.why(), Duration.ZERO, Duration.ZERO, number);
        return new GaveUp(CALL, "", number, history, reason, error);
    }
}
