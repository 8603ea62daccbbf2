package io.aicore.limit;

import java.time.Duration;

/**
 * A circuit at one instant.
 *
 * @param state the state a call would meet
 * @param failureRate failed share of {@code calls}, overdue ones as failed; 0 without calls
 * @param calls outcomes in the window; 0 unless closed
 * @param pending admitted attempts without an outcome, of any epoch
 * @param overdue pending calls of the present epoch without a first byte for too long
 * @param stale results that came too late for their epoch and changed nothing
 * @param rejected calls refused since creation
 * @param since how long the circuit has been in this state
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
