package io.aicore.llm.observe;

import io.aicore.limit.Admission;
import io.aicore.limit.CircuitBreaker;
import io.aicore.limit.RetryBudget;
import io.aicore.retry.RetrySettings;
import org.jspecify.annotations.Nullable;

/** The start of a call. */
public interface CallStart {

    /** The provider's name. */
    String provider();

    /** Host and port of its address, without a port for 443; null for a provider without an address. */
    @Nullable
    String host();

    CallRequest request();

    /** The circuit breaker, shared with other calls. */
    CircuitBreaker circuit();

    /** The provider's admission: gates, pace and queue, shared with other calls. Null if unknown. */
    @Nullable
    Admission admission();

    /** The budget that the retries of all calls through the provider share. Null if unknown. */
    @Nullable
    RetryBudget retryBudget();

    /** The configured retry settings; a custom provider may retry differently. Null if unknown. */
    @Nullable
    RetrySettings retrySettings();
}
