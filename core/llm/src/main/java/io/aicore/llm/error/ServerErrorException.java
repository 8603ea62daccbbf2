package io.aicore.llm.error;

import org.jspecify.annotations.Nullable;

/** The provider failed. Retryable. */
public final class ServerErrorException extends LlmException {

    private static final long serialVersionUID = 1L;

    /** Creates the exception with these details. */
    public ServerErrorException(ErrorDetails details, @Nullable Throwable cause) {
        super(details, cause);
    }
}
