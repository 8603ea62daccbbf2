package io.aicore.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Wrong values fail where they are given, with what is expected. */
class CircuitSettingsTest {

    private final CircuitSettings defaults = CircuitSettings.defaults();

    @Test
    void theDefaultsAreThoseOfTheSemantics() {
        assertThat(defaults.enabled()).isTrue();
        assertThat(defaults.mode()).isEqualTo(CircuitMode.NORMAL);
        assertThat(defaults.failureRate()).isEqualTo(0.5);
        assertThat(defaults.window()).isEqualTo(Duration.ofSeconds(10));
        assertThat(defaults.minimumCalls()).isEqualTo(10);
        assertThat(defaults.overdue()).isEqualTo(Duration.ofSeconds(8));
        assertThat(defaults.openTime()).isEqualTo(Duration.ofSeconds(2));
        assertThat(defaults.maxOpenTime()).isEqualTo(Duration.ofSeconds(10));
        assertThat(defaults.probes()).isEqualTo(1);
        assertThat(defaults.minLease()).isEqualTo(Duration.ofSeconds(5));
        assertThat(defaults.maxLease()).isEqualTo(Duration.ofSeconds(60));
        assertThat(defaults.ramp()).isEqualTo(Duration.ofSeconds(2));
        assertThat(defaults.maxWait()).isEqualTo(Duration.ofSeconds(10));
        assertThat(CircuitSettings.disabled().enabled()).isFalse();
        assertThat(CircuitSettings.admitted()).isEqualTo(defaults.maxOpenTime(Duration.ofSeconds(5)));
    }

    @Test
    void wrongValuesFailWhereTheyAreGiven() {
        refused(() -> defaults.failureRate(1.5), "failureRate: 1.5 (expected: > 0 and <= 1)");
        refused(() -> defaults.failureRate(0), "failureRate: 0.0 (expected: > 0 and <= 1)");
        refused(() -> defaults.failureRate(Double.NaN), "failureRate: NaN (expected: > 0 and <= 1)");
        refused(() -> defaults.minimumCalls(0), "minimumCalls: 0 (expected: >= 1)");
        refused(() -> defaults.probes(-1), "probes: -1 (expected: >= 1)");
        refused(() -> defaults.window(Duration.ZERO), "window: PT0S (expected: >= PT0.01S and <= PT24H)");
        refused(() -> defaults.openTime(Duration.ZERO), "openTime: PT0S (expected: >= PT0.001S and <= PT24H)");
        refused(
                () -> defaults.maxOpenTime(Duration.ofSeconds(1)),
                "maxOpenTime: PT1S (expected: >= PT2S and <= PT24H)");
        refused(
                () -> defaults.lease(Duration.ofSeconds(5), Duration.ofSeconds(4)),
                "maxLease: PT4S (expected: >= PT5S and <= PT24H)");
        refused(() -> defaults.maxWait(Duration.ofDays(2)), "maxWait: PT48H (expected: >= PT0S and <= PT24H)");
        refused(() -> defaults.ramp(Duration.ofSeconds(-1)), "ramp: PT-1S (expected: >= PT0S and <= PT24H)");
    }

    @Test
    void aLongOpenTimeRaisesTheLongestOne() {
        assertThat(defaults.openTime(Duration.ofSeconds(30)).maxOpenTime()).isEqualTo(Duration.ofSeconds(30));
    }

    private static void refused(Runnable change, String message) {
        assertThatThrownBy(change::run)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }
}
