package io.aicore.llm.error;

import org.jspecify.annotations.Nullable;

/** The request is invalid or could not be encoded. Change the request. */
public final class InvalidRequestException extends LlmException {

    private static final long serialVersionUID = 1L;

    /** Creates the exception with these details. */
    public InvalidRequestException(ErrorDetails details, @Nullable Throwable cause) {
        super(details, cause);
    }
}
