package io.aicore.llm.error;

import org.jspecify.annotations.Nullable;

/** The key lacks the permission for this request. */
public final class PermissionException extends LlmException {

    private static final long serialVersionUID = 1L;

    /** Creates the exception with these details. */
    public PermissionException(ErrorDetails details, @Nullable Throwable cause) {
        super(details, cause);
    }
}
