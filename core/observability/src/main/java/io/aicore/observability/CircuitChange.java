package io.aicore.observability;

import io.aicore.limit.CircuitState;
import java.time.Instant;

/**
 * A change of a circuit's state.
 *
 * @param instance the process of the circuit; each process has its own circuits
 * @param scope the circuit's name: provider, address and model
 */
public record CircuitChange(String instance, String scope, Instant at, CircuitState state) {}
