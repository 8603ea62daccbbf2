package io.aicore.llm.error;

import org.jspecify.annotations.Nullable;

/** The client's own code failed, such as a bug in a codec or a custom provider; see the cause. Never retried. */
public final class ClientErrorException extends LlmException {

    private static final long serialVersionUID = 1L;

    /** Creates the exception with these details. */
    public ClientErrorException(ErrorDetails details, @Nullable Throwable cause) {
        super(details, cause);
    }
}
