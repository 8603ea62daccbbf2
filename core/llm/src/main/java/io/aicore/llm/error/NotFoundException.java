package io.aicore.llm.error;

import org.jspecify.annotations.Nullable;

/** The model or path does not exist. Check the model's name and the base URL. */
public final class NotFoundException extends LlmException {

    private static final long serialVersionUID = 1L;

    /** Creates the exception with these details. */
    public NotFoundException(ErrorDetails details, @Nullable Throwable cause) {
        super(details, cause);
    }
}
