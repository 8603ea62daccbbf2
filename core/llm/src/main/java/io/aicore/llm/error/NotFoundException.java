package io.aicore.llm.error;

import org.jspecify.annotations.Nullable;

/** No such model or path. Look at the model's name and the base URL. */
public final class NotFoundException extends LlmException {

    private static final long serialVersionUID = 1L;

    /** A failure of this kind. */
    public NotFoundException(ErrorDetails details, @Nullable Throwable cause) {
        super(details, cause);
    }
}
