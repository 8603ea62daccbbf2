package io.aicore.limit;

import java.time.Duration;

/** A snapshot of a circuit, from {@link CircuitBreaker#metrics()}. Immutable. */
public interface CircuitMetrics {

    /** The state the next call would meet. */
    CircuitState state();

    /** Failed share of {@link #calls()}, slow pending ones counted as failed; 0 without calls. */
    double failureRate();

    /** Outcomes in the window; 0 unless closed. */
    long calls();

    /** Admitted attempts without an outcome, of any epoch. */
    long pending();

    /** Pending calls of the current epoch that exceeded the slow-call limit without a first byte. */
    long overdue();

    /** Outcomes that arrived after the circuit had moved on and changed nothing. */
    long stale();

    /** Calls refused since creation. */
    long rejected();

    /** Time in the current state. */
    Duration since();

    /** As {@link CircuitBreaker#untilPermitted()}. */
    Duration untilPermitted();
}
