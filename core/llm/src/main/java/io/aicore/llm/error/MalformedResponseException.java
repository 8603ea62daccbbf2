package io.aicore.llm.error;

import org.jspecify.annotations.Nullable;

/** A 2xx response that cannot be decoded: truncated, not JSON, without an answer, or over the size limit. */
public final class MalformedResponseException extends LlmException {

    private static final long serialVersionUID = 1L;

    /** Creates the exception with these details. */
    public MalformedResponseException(ErrorDetails details, @Nullable Throwable cause) {
        super(details, cause);
    }
}
