package io.aicore.llm.error;

import org.jspecify.annotations.Nullable;

/** The conversation is longer than the model's context window. A shorter one, or a larger model, helps. */
public final class ContextLengthException extends LlmException {

    private static final long serialVersionUID = 1L;

    /** A failure of this kind. */
    public ContextLengthException(ErrorDetails details, @Nullable Throwable cause) {
        super(details, cause);
    }
}
