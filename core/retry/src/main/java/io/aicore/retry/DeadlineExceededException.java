package io.aicore.retry;

import java.time.Duration;

/**
 * The deadline of a call passed before any attempt had failed: there is no other error to tell of. Cheap, without a
 * stack trace.
 */
public final class DeadlineExceededException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Duration deadline;

    DeadlineExceededException(Duration deadline) {
        super(
                "the deadline of " + Text.seconds(deadline) + " passed while the first attempt was in flight",
                null,
                true,
                false);
        this.deadline = deadline;
    }

    /** The bound that the call had. */
    public Duration deadline() {
        return deadline;
    }
}
