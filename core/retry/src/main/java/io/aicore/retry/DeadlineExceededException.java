package io.aicore.retry;

import java.time.Duration;

/**
 * The deadline of a call passed while its first attempt was in flight: there is no other error to tell of. Cheap, without
 * a stack trace.
 */
public final class DeadlineExceededException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Duration deadline;

    DeadlineExceededException(Duration deadline) {
        super("the deadline of " + Text.seconds(deadline) + " passed before an answer came", null, true, false);
        this.deadline = deadline;
    }

    /** The bound that the call had. */
    public Duration deadline() {
        return deadline;
    }
}
