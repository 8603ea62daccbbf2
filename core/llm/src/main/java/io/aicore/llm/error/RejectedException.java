package io.aicore.llm.error;

import org.jspecify.annotations.Nullable;

/** Not sent: a limit of this client was reached, such as its queue for connections. */
public final class RejectedException extends LlmException {

    private static final long serialVersionUID = 1L;

    /** Creates the exception with these details. */
    public RejectedException(ErrorDetails details, @Nullable Throwable cause) {
        super(details, cause);
    }
}
