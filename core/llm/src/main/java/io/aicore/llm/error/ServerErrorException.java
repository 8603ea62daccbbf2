package io.aicore.llm.error;

import org.jspecify.annotations.Nullable;

/** The provider failed. Trying again may help. */
public final class ServerErrorException extends LlmException {

    private static final long serialVersionUID = 1L;

    /** A failure of this kind. */
    public ServerErrorException(ErrorDetails details, @Nullable Throwable cause) {
        super(details, cause);
    }
}
