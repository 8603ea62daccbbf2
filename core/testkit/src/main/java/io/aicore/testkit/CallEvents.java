package io.aicore.testkit;

import io.aicore.retry.Attempt;
import io.aicore.retry.FailedAttempt;
import io.aicore.retry.Failure;
import io.aicore.retry.GiveUpReason;
import io.aicore.retry.RetryEvent;
import io.aicore.retry.RetryHistory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Retry events for tests of a {@link io.aicore.retry.RetryListener} or an observer, as a call without waits would make
 * them: the call's id is {@code call}, its scope is empty, durations are zero unless given.
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
