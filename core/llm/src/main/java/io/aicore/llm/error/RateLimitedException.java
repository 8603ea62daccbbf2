package io.aicore.llm.error;

import org.jspecify.annotations.Nullable;

/** Too many requests or tokens in a short window. Wait for {@link #retryAfter()} if the provider set it. */
public final class RateLimitedException extends LlmException {

    private static final long serialVersionUID = 1L;

    /** Creates the exception with these details. */
    public RateLimitedException(ErrorDetails details, @Nullable Throwable cause) {
        super(details, cause);
    }
}
