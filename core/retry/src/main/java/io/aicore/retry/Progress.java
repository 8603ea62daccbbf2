package io.aicore.retry;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The state of a call between signals: an attempt in flight, or a wait before one.
 *
 * @param attempt the attempt in flight, or the next one
 * @param since start of the attempt or of the wait
 * @param latestCall number of the most recent call at that time, see {@link GivenUp#startedAfter}
 * @param waiting whether the call is waiting
 * @param barred total wait for the circuit before this wait
 * @param barredSince when this wait became a wait for the circuit; null if it is none
 */
record Progress(
        Attempt attempt,
        long since,
        long latestCall,
        boolean waiting,
        Duration barred,
        @Nullable Long barredSince) {

    static Progress inFlight(Attempt attempt, long now, long latestCall) {
        return new Progress(attempt, now, latestCall, false, Duration.ZERO, null);
    }

    /** The wait after a failed attempt. */
    Progress afterFailure(FailedAttempt failure, long now) {
        Attempt next = new CallAttempt(
                attempt.callId(), attempt.number() + 1, attempt.waited(), attempt.remaining(), failuresAnd(failure));
        return new Progress(next, now, latestCall, true, barred, null);
    }

    /** The wait after the circuit refused the attempt: nothing was sent, so the attempt keeps its number. */
    Progress afterRefusal(long now) {
        return new Progress(attempt, now, latestCall, true, barred, null);
    }

    /** Marks the wait as one for the circuit from now on. */
    Progress forCircuit(long now) {
        return barredSince != null ? this : new Progress(attempt, since, latestCall, waiting, barred, now);
    }

    /** Total wait of this call for the circuit. */
    Duration waitedForCircuit(long now) {
        return barredSince == null ? barred : barred.plusNanos(now - barredSince);
    }

    /** The attempt that follows the wait. */
    Progress started(@Nullable Duration remaining, long now) {
        Attempt next = new CallAttempt(attempt.callId(), attempt.number(), waited(now), remaining, attempt.failures());
        return new Progress(next, now, CallIds.latest(), false, waitedForCircuit(now), null);
    }

    Duration waited(long now) {
        return waiting ? attempt.waited().plusNanos(now - since) : attempt.waited();
    }

    List<FailedAttempt> failuresAnd(FailedAttempt last) {
        if (attempt.failures().isEmpty()) {
            return List.of(last);
        }
        List<FailedAttempt> all = new ArrayList<>(attempt.failures());
        if (all.size() == CallAttempt.REMEMBERED) {
            all.remove(0);
        }
        all.add(last);
        return all;
    }

    /** The error the caller gets if the call ends during this wait. */
    Throwable lastError() {
        return last().error();
    }

    /** The number of the last attempt made. */
    int made() {
        return waiting ? last().number() : attempt.number();
    }

    /** The last failure; a wait always follows one. */
    private FailedAttempt last() {
        return attempt.failures().get(attempt.failures().size() - 1);
    }
}
