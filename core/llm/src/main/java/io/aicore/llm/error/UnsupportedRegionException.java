package io.aicore.llm.error;

import org.jspecify.annotations.Nullable;

/** The provider does not serve this country or region. */
public final class UnsupportedRegionException extends LlmException {

    private static final long serialVersionUID = 1L;

    /** Creates the exception with these details. */
    public UnsupportedRegionException(ErrorDetails details, @Nullable Throwable cause) {
        super(details, cause);
    }
}
