package io.aicore.llm.error;

import org.jspecify.annotations.Nullable;

/** No credit, a spending cap or an inactive account. Only the account's owner can resolve it. */
public final class BillingException extends LlmException {

    private static final long serialVersionUID = 1L;

    /** Creates the exception with these details. */
    public BillingException(ErrorDetails details, @Nullable Throwable cause) {
        super(details, cause);
    }
}
