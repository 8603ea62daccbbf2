package io.aicore.spring.actuate;

import io.aicore.internal.Seconds;
import io.aicore.limit.CircuitBreaker;
import io.aicore.limit.CircuitState;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.springframework.boot.health.contributor.AbstractReactiveHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import reactor.core.publisher.Mono;

/**
 * Reports UP with open circuits and closed gates as details: the application works, a provider does not. Calls no provider. Reports
 * OUT_OF_SERVICE while a circuit is open only if configured, and only until a call may probe, because otherwise no call
 * would ever close the circuit.
 */
final class LlmHealthIndicator extends AbstractReactiveHealthIndicator {

    private final Supplier<Map<String, CircuitBreaker>> circuitsByName;
    private final Supplier<List<ProviderAdmission>> admissions;
    private final boolean outOfServiceWhenOpen;

    LlmHealthIndicator(
            Supplier<Map<String, CircuitBreaker>> circuitsByName,
            Supplier<List<ProviderAdmission>> admissions,
            boolean outOfServiceWhenOpen) {
        this.circuitsByName = circuitsByName;
        this.admissions = admissions;
        this.outOfServiceWhenOpen = outOfServiceWhenOpen;
    }

    @Override
    protected Mono<Health> doHealthCheck(Health.Builder health) {
        return Mono.fromSupplier(() -> {
            Map<String, CircuitBreaker> circuits = circuitsByName.get();
            Map<String, String> open = new TreeMap<>();
            boolean refuses = false;
            for (CircuitBreaker circuit : circuits.values()) {
                if (circuit.state() == CircuitState.OPEN) {
                    Duration left = circuit.untilPermitted();
                    open.put(circuit.name(), left.isZero() ? "next call probes" : "probe in " + Seconds.text(left));
                    refuses |= !left.isZero();
                }
            }
            Map<String, String> held = new TreeMap<>();
            admissions.get().forEach(each -> held.putAll(each.held()));
            health.up()
                    .withDetail("circuits", circuits.size())
                    .withDetail("open", open)
                    .withDetail("held", held);
            return (outOfServiceWhenOpen && refuses ? health.outOfService() : health).build();
        });
    }
}
