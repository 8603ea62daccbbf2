package io.aicore.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.limit.Admission;
import io.aicore.limit.AdmissionCall;
import io.aicore.limit.AdmissionLane;
import io.aicore.limit.AdmissionSettings;
import io.aicore.limit.AttemptOutcome;
import io.aicore.limit.CircuitBreaker;
import io.aicore.limit.CircuitSettings;
import io.aicore.limit.CircuitState;
import io.aicore.limit.ConcurrencySettings;
import io.aicore.limit.Permit;
import io.aicore.limit.RetryBudget;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import reactor.test.scheduler.VirtualTimeScheduler;

/** A circuit and a gate on their way from open to closed, or back, as health shows it. */
class LlmHealthIndicatorTest {

    private static final Duration OPEN_TIME = Duration.ofSeconds(10);
    private static final double MEDIAN = 0.5;

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private List<ProviderAdmission> admissions = List.of();
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

    @Test
    void aClosedGateIsADetailUntilItOpens() {
        Admission admission =
                Admission.of("openai", AdmissionSettings.standard(), ConcurrencySettings.unlimited(), time, () -> 0);
        admissions = List.of(new ProviderAdmission(admission, RetryBudget.create()));
        Health open = health();
        AdmissionLane lane = admission.lane("key m", circuit);
        lane.tryAdmit(AdmissionCall.create(), false).end(AttemptOutcome.limited(Duration.ofSeconds(20)));
        Health held = health();
        time.advanceTimeBy(Duration.ofSeconds(20));
        Health again = health();

        assertThat(open.getDetails()).containsEntry("held", Map.of());
        assertThat(held.getStatus()).isEqualTo(Status.UP);
        assertThat(held.getDetails()).containsEntry("held", Map.of("openai key m", "opens in 20 s, 0 waiting"));
        assertThat(again.getDetails()).containsEntry("held", Map.of());
    }

    private Health health() {
        return new LlmHealthIndicator(() -> Map.of(circuit.name(), circuit), () -> admissions, true)
                .health()
                .block();
    }

    private static String shown(Health health) {
        return ((Map<?, ?>) health.getDetails().get("open")).get("openai m").toString();
    }
}
