package io.aicore.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.limit.CircuitBreaker;
import io.aicore.limit.CircuitSettings;
import io.aicore.limit.CircuitState;
import io.aicore.limit.Permit;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import reactor.test.scheduler.VirtualTimeScheduler;

/** The way of a circuit from open over half-open to closed, as health shows it. */
class LlmHealthIndicatorTest {

    private static final Duration OPEN_TIME = Duration.ofSeconds(10);
    private static final double MEDIAN = 0.5;

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final CircuitBreaker circuit = CircuitBreaker.of(
            "openai m", CircuitSettings.defaults().minimumCalls(1).openTime(OPEN_TIME), time, () -> MEDIAN);

    @Test
    void isOutOfServiceOnlyUntilACallMayProbe() {
        Health closed = health();
        circuit.tryAcquire().failure();
        Health open = health();
        time.advanceTimeBy(circuit.untilPermitted());
        Health probeDue = health();
        Permit probe = circuit.tryAcquire();
        Health halfOpen = health();

        assertThat(closed.getStatus()).isEqualTo(Status.UP);
        assertThat(open.getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
        assertThat(shown(open)).startsWith("probe in ").endsWith(" s");
        assertThat(probeDue.getStatus()).isEqualTo(Status.UP);
        assertThat(shown(probeDue)).isEqualTo("next call probes");
        assertThat(circuit.state()).isEqualTo(CircuitState.HALF_OPEN);
        assertThat(halfOpen.getStatus()).isEqualTo(Status.UP);
        assertThat(halfOpen.getDetails()).containsEntry("open", Map.of());
        assertThat(probe.isProbe()).isTrue();
    }

    private Health health() {
        return new LlmHealthIndicator(() -> Map.of(circuit.name(), circuit), true)
                .health()
                .block();
    }

    private static String shown(Health health) {
        return ((Map<?, ?>) health.getDetails().get("open")).get("openai m").toString();
    }
}
