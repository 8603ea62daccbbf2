package io.aicore.llm.error;

import org.jspecify.annotations.Nullable;

/** The provider has no capacity at the moment. Later, or another model or provider, helps. */
public final class OverloadedException extends LlmException {

    private static final long serialVersionUID = 1L;

    /** A failure of this kind. */
    public OverloadedException(ErrorDetails details, @Nullable Throwable cause) {
        super(details, cause);
    }
}
