package io.aicore.llm.error;

import org.jspecify.annotations.Nullable;

/** No answer in time: by the provider's word, by one of our timers, or because the call's deadline passed. {@code details().phase()} says where. */
public final class LlmTimeoutException extends LlmException {

    private static final long serialVersionUID = 1L;

    /** A failure of this kind. */
    public LlmTimeoutException(ErrorDetails details, @Nullable Throwable cause) {
        super(details, cause);
    }
}
