package io.aicore.llm.error;

import org.jspecify.annotations.Nullable;

/** A success that nobody can read: cut, not JSON, without an answer in it, or over the size limit. */
public final class MalformedResponseException extends LlmException {

    private static final long serialVersionUID = 1L;

    /** A failure of this kind. */
    public MalformedResponseException(ErrorDetails details, @Nullable Throwable cause) {
        super(details, cause);
    }
}
