package io.aicore.retry;

import io.aicore.internal.Seconds;
import java.time.Duration;

/**
 * The deadline of a call passed during its first attempt, or after a stream had delivered elements, so there is no
 * earlier failure to report. Has no stack trace.
 */
public final class RetryDeadlineException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Duration deadline;

    RetryDeadlineException(Duration deadline, boolean amidst) {
        super(message(deadline, amidst), null, true, false);
        this.deadline = deadline;
    }

    private static String message(Duration deadline, boolean amidst) {
        String when = amidst ? " in the middle of the response" : " before a response";
        return "deadline of " + Seconds.text(deadline) + " exceeded" + when;
    }

    /** The configured deadline of the call. */
    public Duration deadline() {
        return deadline;
    }
}
