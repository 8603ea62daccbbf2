package io.aicore.llm.error;

import org.jspecify.annotations.Nullable;

/** Too many requests or tokens in a short window. Waiting helps; {@link #retryAfter()} says how long, if the provider did. */
public final class RateLimitedException extends LlmException {

    private static final long serialVersionUID = 1L;

    /** A failure of this kind. */
    public RateLimitedException(ErrorDetails details, @Nullable Throwable cause) {
        super(details, cause);
    }
}
