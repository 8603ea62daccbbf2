package io.aicore.llm.error;

import org.jspecify.annotations.Nullable;

/** A stream that ended without its protocol's last event. {@link #partialText()} has what had come. */
public final class IncompleteStreamException extends LlmException {

    private static final long serialVersionUID = 1L;

    /** A failure of this kind. */
    public IncompleteStreamException(ErrorDetails details, @Nullable Throwable cause) {
        super(details, cause);
    }
}
