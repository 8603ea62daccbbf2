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
 * @param patience until when this backoff waits for the circuit; null before it has to
 */
record Progress(
        Attempt attempt,
        long since,
        long born,
        boolean waiting,
        @Nullable Long patience) {

    static Progress inFlight(Attempt attempt, long now) {
        return new Progress(attempt, now, CallIds.latest(), false, null);
    }

    /** The wait after a failure that counts. */
    Progress afterFailure(FailedAttempt failure, long now) {
        Attempt next = new Attempt(
                attempt.callId(), attempt.number() + 1, attempt.waited(), attempt.remaining(), failuresAnd(failure));
        return new Progress(next, now, born, true, null);
    }

    /** The wait after the circuit refused the attempt: nothing was sent, so it keeps its number. */
    Progress afterRefusal(long now) {
        return new Progress(attempt, now, born, true, patience);
    }

    Progress patience(long until) {
        return new Progress(attempt, since, born, waiting, until);
    }

    /** The wait is over. */
    Progress started(@Nullable Duration remaining, long now) {
        Attempt next = new Attempt(attempt.callId(), attempt.number(), waited(now), remaining, attempt.failures());
        return new Progress(next, now, CallIds.latest(), false, patience);
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
