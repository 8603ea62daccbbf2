package io.aicore.retry;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a call stands: an attempt in flight, or a wait before one.
 *
 * @param attempt in flight, or the next one
 * @param since when the attempt, or the wait, began
 * @param born the youngest call at that time, see {@link GivenUp#bornAfter}
 * @param waiting whether it is a wait
 * @param barred how long the call had waited for the circuit before this wait
 * @param barredSince when this wait became one for the circuit; null if it is none
 */
record Progress(
        Attempt attempt,
        long since,
        long born,
        boolean waiting,
        Duration barred,
        @Nullable Long barredSince) {

    static Progress inFlight(Attempt attempt, long now) {
        return new Progress(attempt, now, CallIds.latest(), false, Duration.ZERO, null);
    }

    /** The wait after a failure that counts. */
    Progress afterFailure(FailedAttempt failure, long now) {
        Attempt next = new Attempt(
                attempt.callId(), attempt.number() + 1, attempt.waited(), attempt.remaining(), failuresAnd(failure));
        return new Progress(next, now, born, true, barred, null);
    }

    /** The wait after the circuit refused the attempt: nothing was sent, so it keeps its number. */
    Progress afterRefusal(long now) {
        return new Progress(attempt, now, born, true, barred, null);
    }

    /** The wait is one for the circuit from now on. */
    Progress forCircuit(long now) {
        return barredSince != null ? this : new Progress(attempt, since, born, waiting, barred, now);
    }

    /** How long the call has waited for the circuit, in all. */
    Duration waitedForCircuit(long now) {
        return barredSince == null ? barred : barred.plusNanos(now - barredSince);
    }

    /** The wait is over. */
    Progress started(@Nullable Duration remaining, long now) {
        Attempt next = new Attempt(attempt.callId(), attempt.number(), waited(now), remaining, attempt.failures());
        return new Progress(next, now, CallIds.latest(), false, waitedForCircuit(now), null);
    }

    Duration waited(long now) {
        return waiting ? attempt.waited().plusNanos(now - since) : attempt.waited();
    }

    List<FailedAttempt> failuresAnd(FailedAttempt last) {
        List<FailedAttempt> all = new ArrayList<>(attempt.failures());
        if (all.size() == Attempt.REMEMBERED) {
            all.remove(0);
        }
        all.add(last);
        return all;
    }

    /** The failure that the caller gets if the call ends during this wait. */
    Throwable lastError() {
        return last().error();
    }

    /** The number of the attempt made last. */
    int made() {
        return waiting ? last().number() : attempt.number();
    }

    /** There is one: nothing waits before the first failure. */
    private FailedAttempt last() {
        return attempt.failures().get(attempt.failures().size() - 1);
    }
}
