package io.aicore.llm.error;

import java.util.Locale;

/** The category of a failure: fifteen that providers report, and those of the client. */
public enum ErrorCategory {
    /** Too many requests or tokens in a short window: wait and retry. */
    RATE_LIMITED,
    /** The provider has no capacity at the moment. */
    OVERLOADED,
    /** The provider failed. */
    SERVER_ERROR,
    /** The request is invalid. */
    INVALID_REQUEST,
    /** The conversation exceeds the model's context window. */
    CONTEXT_LENGTH,
    /** No credit, a spending cap, an inactive account. */
    BILLING,
    /** The model or path does not exist. */
    NOT_FOUND,
    /** A daily, monthly or plan quota is used up: waiting within the call does not help. */
    QUOTA_EXHAUSTED,
    /** The key is missing, wrong or revoked. */
    AUTHENTICATION,
    /** No response in time: reported by the provider, or by a timeout of this client. */
    TIMEOUT,
    /** The provider's content filter rejected the prompt or the answer. */
    CONTENT_FILTERED,
    /** The request exceeds the provider's size limit or its whole rate limit. */
    PAYLOAD_TOO_LARGE,
    /** The key lacks the permission. */
    PERMISSION,
    /** The provider does not serve this country or region. */
    UNSUPPORTED_REGION,
    /** Another request holds a lock. */
    CONFLICT,

    /** No connection could be made, or it broke before the response. */
    CONNECTION,
    /** A 2xx response that cannot be decoded. */
    MALFORMED_RESPONSE,
    /** A stream that ended before its protocol's last event. */
    INCOMPLETE_STREAM,
    /** Not sent: the circuit breaker is open. */
    CIRCUIT_OPEN,
    /** Not sent: a limit of this client was reached. */
    REJECTED,
    /** The client's own code failed: a bug in a codec or a custom provider. */
    CLIENT_ERROR;

    private final String word = name().toLowerCase(Locale.ROOT);

    /** The name in lower case, as in {@code rate_limited}. */
    public String word() {
        return word;
    }
}
