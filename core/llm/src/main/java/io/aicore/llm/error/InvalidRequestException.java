package io.aicore.llm.error;

import org.jspecify.annotations.Nullable;

/** The request is wrong, or could not be encoded. Only another request helps. */
public final class InvalidRequestException extends LlmException {

    private static final long serialVersionUID = 1L;

    /** A failure of this kind. */
    public InvalidRequestException(ErrorDetails details, @Nullable Throwable cause) {
        super(details, cause);
    }
}
