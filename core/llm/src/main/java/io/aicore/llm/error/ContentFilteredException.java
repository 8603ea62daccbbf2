package io.aicore.llm.error;

import org.jspecify.annotations.Nullable;

/** The provider's content filter rejected the prompt or the answer. */
public final class ContentFilteredException extends LlmException {

    private static final long serialVersionUID = 1L;

    /** Creates the exception with these details. */
    public ContentFilteredException(ErrorDetails details, @Nullable Throwable cause) {
        super(details, cause);
    }
}
