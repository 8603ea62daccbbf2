package io.aicore.llm.error;

import org.jspecify.annotations.Nullable;

/** The client's own code failed, as by a bug in a codec or in a custom provider; the cause says where. Never retried. */
public final class ClientErrorException extends LlmException {

    private static final long serialVersionUID = 1L;

    /** A failure of this kind. */
    public ClientErrorException(ErrorDetails details, @Nullable Throwable cause) {
        super(details, cause);
    }
}
