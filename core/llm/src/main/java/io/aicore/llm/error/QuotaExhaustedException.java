package io.aicore.llm.error;

import org.jspecify.annotations.Nullable;

/** A daily, monthly or plan quota is used up. Waiting within the call does not help; use another key or provider. */
public final class QuotaExhaustedException extends LlmException {

    private static final long serialVersionUID = 1L;

    /** Creates the exception with these details. */
    public QuotaExhaustedException(ErrorDetails details, @Nullable Throwable cause) {
        super(details, cause);
    }
}
