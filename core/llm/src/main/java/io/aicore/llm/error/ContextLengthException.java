package io.aicore.llm.error;

import org.jspecify.annotations.Nullable;

/** The conversation exceeds the model's context window. Shorten it, or use a model with a larger one. */
public final class ContextLengthException extends LlmException {

    private static final long serialVersionUID = 1L;

    /** Creates the exception with these details. */
    public ContextLengthException(ErrorDetails details, @Nullable Throwable cause) {
        super(details, cause);
    }
}
