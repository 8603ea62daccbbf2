package io.aicore.llm.error;

import org.jspecify.annotations.Nullable;

/** The request is larger than the provider takes, or than its whole rate limit: it can never pass as it is. */
public final class PayloadTooLargeException extends LlmException {

    private static final long serialVersionUID = 1L;

    /** A failure of this kind. */
    public PayloadTooLargeException(ErrorDetails details, @Nullable Throwable cause) {
        super(details, cause);
    }
}
