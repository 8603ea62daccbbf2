package io.aicore.examples.custom;

import io.aicore.retry.RetryEvent;
import io.aicore.retry.RetryEvent.AttemptFailed;
import io.aicore.retry.RetryEvent.AttemptStarted;
import io.aicore.retry.RetryEvent.GaveUp;
import io.aicore.retry.RetryEvent.RetryScheduled;
import io.aicore.retry.RetryEvent.Succeeded;

/** What happened, in words. */
final class Story {

    private Story() {}

    static String of(RetryEvent event) {
        return event.scope() + ": attempt " + event.number() + " " + what(event);
    }

    private static String what(RetryEvent event) {
        if (event instanceof AttemptStarted) {
            return "begins";
        } else if (event instanceof AttemptFailed failed) {
            return "failed: " + failed.failure().category() + ", "
                    + failed.failure().why();
        } else if (event instanceof RetryScheduled retry) {
            return "is followed by another one in " + retry.delay().toMillis() + " ms";
        } else if (event instanceof GaveUp end) {
            return "was the last one: " + end.reason() + ", " + end.why();
        } else if (event instanceof Succeeded success) {
            return "answered after " + success.elapsed().toMillis() + " ms";
        }
        return event.getClass().getSimpleName();
    }
}
