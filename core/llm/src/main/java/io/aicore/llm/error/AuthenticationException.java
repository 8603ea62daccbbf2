package io.aicore.llm.error;

import org.jspecify.annotations.Nullable;

/** The key is missing, wrong or revoked. */
public final class AuthenticationException extends LlmException {

    private static final long serialVersionUID = 1L;

    /** Creates the exception with these details. */
    public AuthenticationException(ErrorDetails details, @Nullable Throwable cause) {
        super(details, cause);
    }
}
