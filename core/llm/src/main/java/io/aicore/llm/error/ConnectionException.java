package io.aicore.llm.error;

import org.jspecify.annotations.Nullable;

/** No connection, or one that broke before the answer was whole. Trying again may help. */
public final class ConnectionException extends LlmException {

    private static final long serialVersionUID = 1L;

    /** A failure of this kind. */
    public ConnectionException(ErrorDetails details, @Nullable Throwable cause) {
        super(details, cause);
    }
}
