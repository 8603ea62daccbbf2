package io.aicore.llm.error;

import org.jspecify.annotations.Nullable;

/** The provider's filter refused the prompt or the answer. */
public final class ContentFilteredException extends LlmException {

    private static final long serialVersionUID = 1L;

    /** A failure of this kind. */
    public ContentFilteredException(ErrorDetails details, @Nullable Throwable cause) {
        super(details, cause);
    }
}
