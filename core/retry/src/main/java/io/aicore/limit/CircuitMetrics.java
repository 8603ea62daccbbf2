package io.aicore.limit;

import java.time.Duration;

/**
 * A snapshot of a circuit.
 *
 * @param state the state the next call would meet
 * @param failureRate failed share of {@code calls}, slow pending ones counted as failed; 0 without calls
 * @param calls outcomes in the window; 0 unless closed
 * @param pending admitted attempts without an outcome, of any epoch
 * @param overdue pending calls of the current epoch that exceeded the slow-call limit without a first byte
 * @param stale outcomes that arrived after the circuit had moved on and changed nothing
 * @param rejected calls refused since creation
 * @param since time in the current state
 * @param untilPermitted as {@link CircuitBreaker#untilPermitted()}
 */
public record CircuitMetrics(
        CircuitState state,
        double failureRate,
        long calls,
        long pending,
        long overdue,
        long stale,
        long rejected,
        Duration since,
        Duration untilPermitted) {}
