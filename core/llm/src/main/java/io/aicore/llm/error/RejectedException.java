package io.aicore.llm.error;

import org.jspecify.annotations.Nullable;

/** Not sent: a limit of this client was reached, such as its queue for connections. */
public final class RejectedException extends LlmException {

    private static final long serialVersionUID = 1L;

    /** A failure of this kind. */
    public RejectedException(ErrorDetails details, @Nullable Throwable cause) {
        super(details, cause);
    }
}
