package io.aicore.llm.error;

import org.jspecify.annotations.Nullable;

/** Another request holds a lock. Trying again may help. */
public final class ConflictException extends LlmException {

    private static final long serialVersionUID = 1L;

    /** A failure of this kind. */
    public ConflictException(ErrorDetails details, @Nullable Throwable cause) {
        super(details, cause);
    }
}
