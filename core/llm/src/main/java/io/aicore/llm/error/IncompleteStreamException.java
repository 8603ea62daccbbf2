package io.aicore.llm.error;

import org.jspecify.annotations.Nullable;

/** A stream ended without its protocol's last event. {@link #partialText()} has the text received until then. */
public final class IncompleteStreamException extends LlmException {

    private static final long serialVersionUID = 1L;

    /** Creates the exception with these details. */
    public IncompleteStreamException(ErrorDetails details, @Nullable Throwable cause) {
        super(details, cause);
    }
}
