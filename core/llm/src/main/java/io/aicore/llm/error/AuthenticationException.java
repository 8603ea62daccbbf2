package io.aicore.llm.error;

import org.jspecify.annotations.Nullable;

/** The key is missing, wrong or revoked. */
public final class AuthenticationException extends LlmException {

    private static final long serialVersionUID = 1L;

    /** A failure of this kind. */
    public AuthenticationException(ErrorDetails details, @Nullable Throwable cause) {
        super(details, cause);
    }
}
