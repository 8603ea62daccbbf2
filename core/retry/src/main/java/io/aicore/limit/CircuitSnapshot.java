package io.aicore.limit;

import java.time.Duration;

/** What a circuit was at one instant. */
record CircuitSnapshot(
        CircuitState state,
        double failureRate,
        long calls,
        long pending,
        long overdue,
        long stale,
        long rejected,
        Duration since,
        Duration untilPermitted)
        implements CircuitMetrics {}
