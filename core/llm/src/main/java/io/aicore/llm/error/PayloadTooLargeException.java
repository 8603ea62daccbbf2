package io.aicore.llm.error;

import org.jspecify.annotations.Nullable;

/** The request exceeds the provider's size limit or its whole rate limit: it can never succeed unchanged. */
public final class PayloadTooLargeException extends LlmException {

    private static final long serialVersionUID = 1L;

    /** Creates the exception with these details. */
    public PayloadTooLargeException(ErrorDetails details, @Nullable Throwable cause) {
        super(details, cause);
    }
}
