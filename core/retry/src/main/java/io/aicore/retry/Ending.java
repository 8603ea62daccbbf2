package io.aicore.retry;

import io.aicore.limit.Guard;
import io.aicore.retry.RetryDecision.GiveUp;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * Makes the error that the caller gets out of the last failure: earlier ones suppressed, finished, marked, told.
 *
 * @param call the call's number, see {@link CallIds}
 * @param aside whether an outer operator decides what the error means: then it is not marked as final
 */
record Ending(FailureFinisher finisher, Events events, long call, boolean aside) {

    Throwable finish(GiveUp end, Throwable last, List<FailedAttempt> failures, Duration waited, Duration elapsed) {
        RetryHistory history = new RetryHistory(events.callId(), failures, end.reason(), end.why(), waited, elapsed);
        int number = Math.max(1, history.attempts());
        Throwable finished = finished(last, history, number);
        if (finished != last) {
            Suppressed.add(finished, last);
        }
        for (FailedAttempt earlier : history.failures()) {
            Suppressed.add(finished, earlier.error());
        }
        if (!aside) {
            GivenUp.mark(finished, history, call);
        }
        events.gaveUp(number, history, end.reason(), finished);
        return finished;
    }

    private Throwable finished(Throwable last, RetryHistory history, int number) {
        try {
            return Objects.requireNonNull(finisher.finish(last, history), "onGiveUp gave null");
        } catch (Throwable thrown) {
            Guard.throwIfJvmEnds(thrown);
            Suppressed.add(last, thrown);
            events.classifierFailed(number, thrown);
            return last;
        }
    }
}
