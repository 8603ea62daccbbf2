package io.aicore.retry;

import io.aicore.limit.Guard;
import java.util.Objects;

/**
 * Turns the last failure into the error that the caller gets: suppresses earlier failures on it, applies the mapper,
 * attaches the history and emits the event.
 */
final class Ending {

    private Ending() {}

    /**
     * @param givenUp whether another call may have given up on the last failure before
     */
    static Throwable finish(Call call, Throwable last, RetryHistory history, boolean givenUp) {
        int number = Math.max(1, history.attempts());
        Throwable finished = finished(call, last, history, number);
        if (finished != last) {
            Suppressed.add(finished, last);
        }
        if (!(history instanceof SingleFailure)) {
            suppressEarlier(history, finished);
        }
        // An outer operator decides what the error of a nested one means: it is not final.
        if (!call.start.nested()) {
            GivenUp.mark(finished, history, call.start.number(), givenUp || finished != last);
        }
        call.events.gaveUp(number, history, finished);
        return finished;
    }

    private static void suppressEarlier(RetryHistory history, Throwable finished) {
        for (FailedAttempt earlier : history.failures()) {
            if (earlier.error() != finished) {
                Suppressed.add(finished, earlier.error());
            }
        }
    }

    private static Throwable finished(Call call, Throwable last, RetryHistory history, int number) {
        try {
            return Objects.requireNonNull(call.start.plan().mapper.map(last, history), "onGiveUp gave null");
        } catch (Throwable thrown) {
            Guard.throwIfJvmEnds(thrown);
            Suppressed.add(last, thrown);
            call.events.classifierFailed(number, thrown);
            return last;
        }
    }
}
