package io.aicore.llm.error;

import org.jspecify.annotations.Nullable;

/** The key may not do this. */
public final class PermissionException extends LlmException {

    private static final long serialVersionUID = 1L;

    /** A failure of this kind. */
    public PermissionException(ErrorDetails details, @Nullable Throwable cause) {
        super(details, cause);
    }
}
