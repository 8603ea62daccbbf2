package io.aicore.llm.error;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Not sent: the circuit of this provider and model is open, because most of its recent calls failed. Cheap: it has no
 * stack trace. {@link #retryAfter()} is the time until the next probe may pass; the cause, an
 * {@code io.aicore.limit.CallNotPermittedException}, says since when the circuit is open.
 */
public final class CircuitOpenException extends LlmException {

    private static final long serialVersionUID = 1L;

    /** Creates the exception with these details. */
    public CircuitOpenException(ErrorDetails details, @Nullable Throwable cause) {
        super(details, cause, false);
    }

    /** Time until the next probe is admitted; zero if one is admitted now. */
    public Duration untilNextProbe() {
        Duration wait = retryAfter();
        return wait == null ? Duration.ZERO : wait;
    }
}
