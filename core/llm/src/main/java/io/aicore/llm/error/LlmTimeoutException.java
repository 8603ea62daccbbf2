package io.aicore.llm.error;

import org.jspecify.annotations.Nullable;

/**
 * No response in time: reported by the provider, or by a timeout or deadline of this client. {@code details().phase()}
 * has the phase.
 */
public final class LlmTimeoutException extends LlmException {

    private static final long serialVersionUID = 1L;

    /** Creates the exception with these details. */
    public LlmTimeoutException(ErrorDetails details, @Nullable Throwable cause) {
        super(details, cause);
    }
}
