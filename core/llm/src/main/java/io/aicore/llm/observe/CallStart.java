package io.aicore.llm.observe;

import io.aicore.limit.CircuitBreaker;
import io.aicore.retry.RetrySettings;
import org.jspecify.annotations.Nullable;

/**
 * The start of a call.
 *
 * @param provider the provider's name
 * @param host host and port of its address, without a port for 443; null for a provider without an address
 * @param request the request
 * @param circuit the circuit breaker, shared with other calls
 * @param retrySettings the configured retry settings; a custom provider may retry differently. Null if unknown
 */
public record CallStart(
        String provider,
        @Nullable String host,
        CallRequest request,
        CircuitBreaker circuit,
        @Nullable RetrySettings retrySettings) {

    /** A call with unknown retry settings. */
    public CallStart(String provider, @Nullable String host, CallRequest request, CircuitBreaker circuit) {
        this(provider, host, request, circuit, null);
    }
}
