package io.aicore.retry;

import java.util.List;
import reactor.core.Exceptions;

/**
 * Makes the error that the caller gets out of the last failure: earlier ones suppressed, finished, marked, told.
 *
 * @param call the call's number, see {@link CallIds}
 */
record Ending(FailureFinisher finisher, Events events, long call) {

    /** For the caller, and final for outer operators. */
    Throwable finish(Throwable last, RetryHistory history) {
        Throwable finished = finished(last, history);
        if (finished != last) {
            Suppressed.add(finished, last);
        }
        for (FailedAttempt earlier : history.failures()) {
            Suppressed.add(finished, earlier.error());
        }
        GivenUp.mark(finished, history, call);
        tell(finished, history);
        return finished;
    }

    /** For an outer operator, which decides. */
    Throwable passOn(Throwable last, RetryHistory history) {
        Throwable finished = finished(last, history);
        tell(finished, history);
        return finished;
    }

    private Throwable finished(Throwable last, RetryHistory history) {
        try {
            return finisher.finish(last, history);
        } catch (Throwable thrown) {
            Exceptions.throwIfJvmFatal(thrown);
            Suppressed.add(last, thrown);
            if (events.heard()) {
                events.tell(new RetryEvent.ClassifierFailed(
                        events.callId(), events.scope(), number(history.failures()), thrown));
            }
            return last;
        }
    }

    private void tell(Throwable error, RetryHistory history) {
        if (events.heard()) {
            int number = number(history.failures());
            events.tell(new RetryEvent.GaveUp(events.callId(), events.scope(), number, history, error));
        }
    }

    private static int number(List<FailedAttempt> failures) {
        return failures.isEmpty() ? 1 : failures.get(failures.size() - 1).number();
    }
}
