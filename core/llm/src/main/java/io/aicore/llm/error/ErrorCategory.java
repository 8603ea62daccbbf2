package io.aicore.llm.error;

import java.util.Locale;

/** What kind of failure it was: fifteen that providers report, and what can go wrong on our side of the wire. */
public enum ErrorCategory {
    /** Too many requests or tokens in a short window: waiting helps. */
    RATE_LIMITED,
    /** The provider has no capacity at the moment. */
    OVERLOADED,
    /** The provider failed. */
    SERVER_ERROR,
    /** The request is wrong. */
    INVALID_REQUEST,
    /** The conversation is longer than the model's context window. */
    CONTEXT_LENGTH,
    /** No credit, a spending cap, an inactive account. */
    BILLING,
    /** No such model or path. */
    NOT_FOUND,
    /** A day's, month's or plan's quota is used up: waiting within the call does not help. */
    QUOTA_EXHAUSTED,
    /** The key is missing, wrong or revoked. */
    AUTHENTICATION,
    /** No answer in time, by the provider's word or by our timer. */
    TIMEOUT,
    /** The provider's filter refused the prompt or the answer. */
    CONTENT_FILTERED,
    /** The request is larger than the provider takes, or than its whole rate limit. */
    PAYLOAD_TOO_LARGE,
    /** The key may not do this. */
    PERMISSION,
    /** The provider does not serve this country or region. */
    UNSUPPORTED_REGION,
    /** Another request holds a lock. */
    CONFLICT,

    /** No connection, or one that broke before the answer. */
    CONNECTION,
    /** A success that nobody can read. */
    MALFORMED_RESPONSE,
    /** A stream that ended before its end. */
    INCOMPLETE_STREAM,
    /** Not sent: the circuit is open. */
    CIRCUIT_OPEN,
    /** Not sent: a limit of this client was reached. */
    REJECTED,
    /** The client's own code failed: a bug in a codec or a custom provider. */
    CLIENT_ERROR;

    /** The name in lower case, as in {@code rate_limited}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
