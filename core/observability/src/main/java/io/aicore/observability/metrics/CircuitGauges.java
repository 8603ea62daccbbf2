package io.aicore.observability.metrics;

import io.aicore.limit.CircuitBreaker;
import io.aicore.limit.CircuitState;
import io.aicore.observability.metrics.LlmMeterDocumentation.Tag;
import io.aicore.observability.metrics.LlmObservationDocumentation.CallTag;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The states of the circuits that calls have used. The name of a circuit is no tag: an address in it may contain
 * secrets.
 */
final class CircuitGauges {

    private static final int MOST = 1_000;

    private static final class Current {
        private volatile CircuitBreaker circuit;

        Current(CircuitBreaker circuit) {
            this.circuit = circuit;
        }
    }

    private final MeterRegistry registry;
    private final Map<CallScope, Current> circuits = new ConcurrentHashMap<>();

    CircuitGauges(MeterRegistry registry) {
        this.registry = registry;
    }

    void follow(LlmCallContext call) {
        if (call.modelTag().equals(BoundedNames.OTHER)) {
            return;
        }
        CallScope scope = call.scope();
        CircuitBreaker circuit = call.start().circuit();
        Current known = circuits.get(scope);
        if (known != null) {
            known.circuit = circuit;
        } else if (circuits.size() < MOST) {
            circuits.computeIfAbsent(scope, absent -> register(absent, circuit));
        }
    }

    private Current register(CallScope scope, CircuitBreaker circuit) {
        Current current = new Current(circuit);
        Tags tags = Tags.of(
                CallTag.PROVIDER.asString(), scope.provider(),
                CallTag.SERVER_ADDRESS.asString(), scope.server().address(),
                CallTag.SERVER_PORT.asString(), scope.server().port(),
                CallTag.REQUEST_MODEL.asString(), scope.modelTag());
        for (CircuitState state : CircuitState.values()) {
            Gauge.builder(
                            LlmMeterDocumentation.CIRCUIT_STATE.getName(),
                            current,
                            last -> last.circuit.state() == state ? 1 : 0)
                    .description("1 for the state the circuit is in")
                    .tags(tags.and(Tag.CIRCUIT_STATE.asString(), state.word()))
                    .strongReference(true)
                    .register(registry);
        }
        return current;
    }
}
