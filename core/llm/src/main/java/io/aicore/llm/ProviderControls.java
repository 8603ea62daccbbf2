package io.aicore.llm;

import io.aicore.limit.Admission;
import io.aicore.limit.AdmissionSettings;
import io.aicore.limit.CircuitBreaker;
import io.aicore.limit.CircuitSettings;
import io.aicore.limit.RetryBudget;
import io.aicore.llm.http.Timeouts;
import io.aicore.retry.RetrySettings;

/**
 * What the calls through a provider share, to look at or to replace while the provider is in use. Every provider of this
 * library has it:
 *
 * <pre>{@code
 * if (provider instanceof ProviderControls controls) {
 *     controls.circuit("gpt-4o").states().subscribe(state -> …);
 * }
 * }</pre>
 */
public interface ProviderControls {

    /**
     * The circuit breaker of this model, shared by all calls to it through this provider; see
     * {@link LlmConfig#circuitBreakers()}.
     */
    CircuitBreaker circuit(String model);

    /**
     * What the calls through this provider know of its rate limits: gates, pace, queue. For dashboards, and to replace its
     * settings.
     */
    Admission admission();

    /** Replaces the settings of admission for new attempts. */
    void admissionSettings(AdmissionSettings settings);

    /** The budget that the retries of all calls through this provider share. */
    RetryBudget retryBudget();

    /** Replaces the retry settings of new calls; calls in flight keep theirs. */
    void retrySettings(RetrySettings settings);

    /** Replaces the timeouts of new calls; calls in flight keep theirs. */
    void timeouts(Timeouts timeouts);

    /** Replaces the settings of all current and future circuits; their counts are kept. */
    void circuitSettings(CircuitSettings settings);
}
