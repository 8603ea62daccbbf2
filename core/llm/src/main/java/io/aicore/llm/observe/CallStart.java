package io.aicore.llm.observe;

import io.aicore.limit.CircuitBreaker;
import io.aicore.retry.RetrySettings;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a call when it begins.
 *
 * @param provider the provider's name
 * @param host host and port of its address, without a port it is that of https; null for a provider without one
 * @param request what is asked
 * @param circuit what may refuse it, shared with other calls
 * @param retrySettings how often and how patiently it is retried, as configured; a provider of one's own may retry
 *     differently. Null if that is not known
 */
public record CallStart(
        String provider,
        @Nullable String host,
        CallRequest request,
        CircuitBreaker circuit,
        @Nullable RetrySettings retrySettings) {

    /** A call of which the retries are not known. */
    public CallStart(String provider, @Nullable String host, CallRequest request, CircuitBreaker circuit) {
        this(provider, host, request, circuit, null);
    }
}
