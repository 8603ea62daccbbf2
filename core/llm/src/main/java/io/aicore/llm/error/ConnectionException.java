package io.aicore.llm.error;

import org.jspecify.annotations.Nullable;

/**
 * No connection could be made, or it broke before the response was complete. Retryable.
 */
public final class ConnectionException extends LlmException {

    private static final long serialVersionUID = 1L;

    /** Creates the exception with these details. */
    public ConnectionException(ErrorDetails details, @Nullable Throwable cause) {
        super(details, cause);
    }
}
