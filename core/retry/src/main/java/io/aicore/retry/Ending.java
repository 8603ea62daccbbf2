package io.aicore.retry;

import io.aicore.limit.Guard;
import java.util.Objects;

/**
 * Turns the last failure into the error that the caller gets: suppresses earlier failures on it, applies the mapper,
 * attaches the history and emits the event.
 *
 * @param call number of the call, see {@link CallIds}
 * @param nested whether an outer operator decides what the error means; the error is not marked as final then
 */
record Ending(ErrorMapper mapper, Events events, long call, boolean nested) {

    Throwable finish(Throwable last, RetryHistory history) {
        int number = Math.max(1, history.attempts());
        Throwable finished = finished(last, history, number);
        if (finished != last) {
            Suppressed.add(finished, last);
        }
        if (!(history instanceof SingleFailure)) {
            suppressEarlier(history, finished);
        }
        if (!nested) {
            GivenUp.mark(finished, history, call);
        }
        events.gaveUp(number, history, finished);
        return finished;
    }

    private static void suppressEarlier(RetryHistory history, Throwable finished) {
        for (FailedAttempt earlier : history.failures()) {
            if (earlier.error() != finished) {
                Suppressed.add(finished, earlier.error());
            }
        }
    }

    private Throwable finished(Throwable last, RetryHistory history, int number) {
        try {
            return Objects.requireNonNull(mapper.map(last, history), "onGiveUp gave null");
        } catch (Throwable thrown) {
            Guard.throwIfJvmEnds(thrown);
            Suppressed.add(last, thrown);
            events.classifierFailed(number, thrown);
            return last;
        }
    }
}
