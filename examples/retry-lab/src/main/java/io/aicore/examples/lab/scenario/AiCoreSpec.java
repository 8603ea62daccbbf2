package io.aicore.examples.lab.scenario;

import io.aicore.limit.AdmissionSettings;
import io.aicore.limit.CircuitSettings;
import io.aicore.limit.ConcurrencySettings;
import io.aicore.retry.RetrySettings;

/** Settings of this library's own policy. */
public record AiCoreSpec(
        RetrySettings retry,
        AdmissionSettings admission,
        CircuitSettings circuit,
        ConcurrencySettings concurrency,
        Budget budget) {

    /** What a user gets who sets nothing. */
    public static final AiCoreSpec DEFAULTS = new AiCoreSpec(
            RetrySettings.defaults(),
            AdmissionSettings.standard(),
            CircuitSettings.admitted(),
            ConcurrencySettings.unlimited(),
            Budget.DEFAULT);

    /** The budget of retries that the calls of a process share. */
    public record Budget(boolean enabled, double capacity, double start, double deposit) {

        /** That of {@code RetryBudget.create()}. */
        public static final Budget DEFAULT = new Budget(true, 10, 5, 0.15);

        /** Retries without a budget. */
        public static final Budget OFF = new Budget(false, 10, 5, 0.15);
    }

    public AiCoreSpec retry(RetrySettings retry) {
        return new AiCoreSpec(retry, admission, circuit, concurrency, budget);
    }

    public AiCoreSpec admission(AdmissionSettings admission) {
        return new AiCoreSpec(retry, admission, circuit, concurrency, budget);
    }

    public AiCoreSpec circuit(CircuitSettings circuit) {
        return new AiCoreSpec(retry, admission, circuit, concurrency, budget);
    }

    public AiCoreSpec concurrency(ConcurrencySettings concurrency) {
        return new AiCoreSpec(retry, admission, circuit, concurrency, budget);
    }

    public AiCoreSpec budget(Budget budget) {
        return new AiCoreSpec(retry, admission, circuit, concurrency, budget);
    }
}
