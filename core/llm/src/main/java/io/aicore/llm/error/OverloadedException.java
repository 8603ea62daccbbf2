package io.aicore.llm.error;

import org.jspecify.annotations.Nullable;

/** The provider has no capacity at the moment. Retry later, or use another model or provider. */
public final class OverloadedException extends LlmException {

    private static final long serialVersionUID = 1L;

    /** Creates the exception with these details. */
    public OverloadedException(ErrorDetails details, @Nullable Throwable cause) {
        super(details, cause);
    }
}
