package io.aicore.observability;

import io.aicore.limit.CircuitState;
import java.time.Instant;

/**
 * A circuit's state from a moment on.
 *
 * @param instance the process whose circuit it is; each has its own
 * @param scope the circuit's name: provider, address and model
 */
public record CircuitChange(String instance, String scope, Instant at, CircuitState state) {}
