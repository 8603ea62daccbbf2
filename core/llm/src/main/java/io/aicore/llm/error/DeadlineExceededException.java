package io.aicore.llm.error;

import org.jspecify.annotations.Nullable;

/** The call's deadline passed while its first attempt, or a stream that had begun, was still under way. When an attempt had failed
 * before, that failure is the error instead, with the reason {@code DEADLINE}. */
public final class DeadlineExceededException extends LlmException {

    private static final long serialVersionUID = 1L;

    /** A failure of this kind. */
    public DeadlineExceededException(ErrorDetails details, @Nullable Throwable cause) {
        super(details, cause);
    }
}
