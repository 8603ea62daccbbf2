package io.aicore.llm.error;

import org.jspecify.annotations.Nullable;

/** A day's, month's or plan's quota is used up. Waiting within the call does not help; another key or provider does. */
public final class QuotaExhaustedException extends LlmException {

    private static final long serialVersionUID = 1L;

    /** A failure of this kind. */
    public QuotaExhaustedException(ErrorDetails details, @Nullable Throwable cause) {
        super(details, cause);
    }
}
