package io.aicore.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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

    @Test
    void theEnvironmentIsReadOverABase() {
        Map<String, String> environment = Map.of(
                "LLM_CIRCUIT_ENABLED", "false",
                "LLM_CIRCUIT_FAILURE_RATE", "0.25",
                "LLM_CIRCUIT_WINDOW", "30",
                "LLM_CIRCUIT_MINIMUM_CALLS", " 20 ",
                "LLM_CIRCUIT_OPEN_TIME", "1.5",
                "LLM_CIRCUIT_MAX_OPEN_TIME", "6",
                "LLM_CIRCUIT_PROBES", "2",
                "LLM_CIRCUIT_RAMP", "0",
                "LLM_CIRCUIT_MAX_WAIT", "7.5",
                "LLM_CIRCUIT_MODE", "soft");
        assertThat(CircuitSettings.fromEnvironment(environment, defaults.overdue(Duration.ofSeconds(3))))
                .isEqualTo(defaults.enabled(false)
                        .failureRate(0.25)
                        .window(Duration.ofSeconds(30))
                        .minimumCalls(20)
                        .openTime(Duration.ofMillis(1500))
                        .maxOpenTime(Duration.ofSeconds(6))
                        .probes(2)
                        .ramp(Duration.ZERO)
                        .maxWait(Duration.ofMillis(7500))
                        .mode(CircuitMode.SOFT)
                        .overdue(Duration.ofSeconds(3)));
    }

    @Test
    void unsetAndBlankVariablesLeaveTheBase() {
        assertThat(CircuitSettings.fromEnvironment(Map.of())).isEqualTo(defaults);
        assertThat(CircuitSettings.fromEnvironment(Map.of("LLM_CIRCUIT_WINDOW", " ")))
                .isEqualTo(defaults);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ENABLED | maybe | true or false",
                "FAILURE_RATE | x | a number > 0 and <= 1",
                "FAILURE_RATE | 1.5 | a number > 0 and <= 1",
                "WINDOW | 1e70 | seconds as a decimal, >= 0.01 and <= 86400",
                "MINIMUM_CALLS | 1.5 | a whole number >= 1",
                "OPEN_TIME | -1 | seconds as a decimal, > 0 and <= 86400",
                "MAX_OPEN_TIME | 1 | seconds as a decimal, > 0 and <= 86400, not below the open time (2)",
                "PROBES | 0 | a whole number >= 1",
                "RAMP | 2s | seconds as a decimal, >= 0 and <= 86400",
                "MAX_WAIT | -1 | seconds as a decimal, >= 0 and <= 86400",
                "MODE | hard | normal or soft",
            })
    void aWrongVariableIsNamedWithItsValueAndWhatIsExpected(String key, String value, String expected) {
        refused(
                () -> CircuitSettings.fromEnvironment(Map.of("LLM_CIRCUIT_" + key, value)),
                "LLM_CIRCUIT_" + key + ": '" + value + "' (expected: " + expected + ")");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e999999999", "-1e999999999", "1e-999999999", "NaN", "0x1p3"})
    void absurdNumbersAreRefusedAtOnce(String value) {
        assertThatThrownBy(() -> CircuitSettings.fromEnvironment(Map.of("LLM_CIRCUIT_OPEN_TIME", value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("LLM_CIRCUIT_OPEN_TIME: '" + value + "'");
    }

    private static void refused(Runnable change, String message) {
        assertThatThrownBy(change::run)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }
}
