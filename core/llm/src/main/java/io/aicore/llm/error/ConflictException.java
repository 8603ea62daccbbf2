package io.aicore.llm.error;

import org.jspecify.annotations.Nullable;

/** Another request holds a lock. Retryable. */
public final class ConflictException extends LlmException {

    private static final long serialVersionUID = 1L;

    /** Creates the exception with these details. */
    public ConflictException(ErrorDetails details, @Nullable Throwable cause) {
        super(details, cause);
    }
}
