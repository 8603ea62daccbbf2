package io.aicore.retry;

import java.time.Duration;

/**
 * The deadline of a call passed while its first attempt was in flight, or in the middle of a stream: there is no failure
 * to tell of but this. Cheap, without a stack trace.
 */
public final class RetryDeadlineException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Duration deadline;

    RetryDeadlineException(Duration deadline, boolean amidst) {
        super(message(deadline, amidst), null, true, false);
        this.deadline = deadline;
    }

    private static String message(Duration deadline, boolean amidst) {
        String when = amidst ? " in the middle of the answer" : " before an answer came";
        return "the deadline of " + Text.seconds(deadline) + " passed" + when;
    }

    /** The bound that the call had. */
    public Duration deadline() {
        return deadline;
    }
}
