package io.aicore.examples.lab.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.aicore.examples.lab.scenario.Metric;
import io.aicore.examples.lab.scenario.Scenario;
import org.junit.jupiter.api.Test;

/** Figures of runs whose result is known without running them. */
class FiguresTest {

    private static final String CONSTANT = """
            duration: 60
            clients: {processes: 5, rate: 20, timeout: 10, deadline: 20}
            provider: {service: {shape: constant, mean: 1}}
            """;

    @Test
    void aProviderWithoutFaults() {
        Scenario scenario = Lab.scenario(CONSTANT);
        Run run = Lab.run(scenario, "full-jitter", 1);
        assertThat(run.figures())
                .containsEntry(Metric.P50, 1.0)
                .containsEntry(Metric.P99, 1.0)
                .containsEntry(Metric.SUCCESS, 100.0)
                .containsEntry(Metric.DONE, 100.0)
                .containsEntry(Metric.REJECTED, 0.0);
        assertThat(run.figures().get(Metric.ATTEMPTS)).isCloseTo(1, within(0.1));
        assertThat(run.figures().get(Metric.RECOVERY)).isNaN();
    }

    @Test
    void anOutageWithoutRetries() {
        Scenario scenario = Lab.scenario(
                CONSTANT.replace("60", "180") + "faults: [{kind: unavailable, from: 60, to: 90, after: 0.25}]");
        Run run = Lab.run(scenario, "none", 1);
        assertThat(run.figures().get(Metric.LOAD)).isEqualTo(1);
        assertThat(run.figures().get(Metric.FAILED_AFTER)).isZero();
        assertThat(run.figures().get(Metric.WASTED)).isCloseTo(0.25, within(0.05));
        assertThat(run.figures().get(Metric.FAILED)).isCloseTo(33, within(4.0));
    }

    @Test
    void anOutageWithUnboundedRetries() {
        Scenario scenario =
                Lab.scenario(CONSTANT.replace("60", "120") + "faults: [{kind: unavailable, from: 30, to: 80}]");
        assertThat(Lab.figure(scenario, "exponential", Metric.LOAD)).isCloseTo(4, within(0.2));
    }

    @Test
    void aHangCostsTheTimeout() {
        Scenario scenario = Lab.scenario(CONSTANT + "faults: [{kind: hang, from: 20, to: 40}]");
        assertThat(Lab.figure(scenario, "none", Metric.WASTED)).isCloseTo(10, within(0.6));
    }

    @Test
    void aLimitIsTheGoodput() {
        Scenario scenario = Lab.scenario("""
                duration: 120
                clients: {processes: 5, rate: 40, timeout: 10, deadline: 20}
                provider: {service: {shape: constant, mean: 1}, limits: {requests: {rate: 20, burst: 20}}}
                """);
        assertThat(Lab.figure(scenario, "none", Metric.GOODPUT)).isCloseTo(100, within(3.0));
        assertThat(Lab.figure(scenario, "none", Metric.ATTEMPTS)).isCloseTo(2, within(0.1));
    }

    @Test
    void anEstimateWithItsInterval() {
        Estimate estimate = Estimate.of(1, 2, 3, Double.NaN);
        assertThat(estimate.mean()).isEqualTo(2);
        assertThat(estimate.runs()).isEqualTo(3);
        assertThat(estimate.halfWidth()).as("4.303 · 1 / √3").isCloseTo(2.484, within(0.001));
        assertThat(estimate.includes(0)).isTrue();
        assertThat(estimate.includes(5)).isFalse();
        assertThat(Estimate.of(1).halfWidth()).isNaN();
    }
}
