package io.aicore.llm.error;

import org.jspecify.annotations.Nullable;

/**
 * The call's deadline passed during its first attempt, or after a stream had begun. If an attempt had failed before,
 * the error is that failure, with the reason {@code DEADLINE}.
 */
public final class DeadlineExceededException extends LlmException {

    private static final long serialVersionUID = 1L;

    /** Creates the exception with these details. */
    public DeadlineExceededException(ErrorDetails details, @Nullable Throwable cause) {
        super(details, cause);
    }
}
