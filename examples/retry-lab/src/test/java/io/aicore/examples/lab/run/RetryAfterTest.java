package io.aicore.examples.lab.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.aicore.examples.lab.scenario.Metric;
import io.aicore.examples.lab.scenario.Scenario;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryAfterTest {

    /** One call at the beginning: refused after 0.1 s, and served in 1 s when it comes again. */
    private static final String REFUSED_ONCE = """
            duration: 1
            clients: {burst: {calls: 1, spread: 0}}
            provider: {service: {shape: constant, mean: 1}}
            faults: [{kind: %s, from: 0, to: 0.3, retryAfter: %s}]
            """;

    @ParameterizedTest
    @CsvSource({"unavailable, 250ms, 1.6", "unavailable, 700ms, 1.8", "rate-limit, 700ms, 1.8", "rate-limit, 4, 5.1"})
    void theRetryAfterOfAFaultIsSentAsItIsGiven(String kind, String retryAfter, double end) {
        Scenario scenario = Lab.scenario(REFUSED_ONCE.formatted(kind, retryAfter));
        assertThat(Lab.figure(scenario, "exponential-hint", Metric.LAST)).isCloseTo(end, within(0.001));
    }
}
