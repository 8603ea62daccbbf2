package io.aicore.examples.lab.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aicore.examples.lab.call.Answer;
import io.aicore.examples.lab.call.Call;
import io.aicore.examples.lab.policy.Policies;
import io.aicore.examples.lab.policy.Policy;
import io.aicore.examples.lab.scenario.Metric;
import io.aicore.examples.lab.scenario.Scenario;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Nothing is lost or counted twice, whatever fails. */
class ConservationTest {

    private static final List<String> FAULTS = List.of(
            "{kind: unavailable, from: 15, to: 30}",
            "{kind: unavailable, from: 15, to: 30, retryAfter: 5}",
            "{kind: hang, from: 15, to: 30}",
            "{kind: slow-down, from: 15, to: 30}",
            "{kind: rate-limit, from: 15, to: 30, share: 0.5, retryAfter: 2}",
            "{kind: stream-overload, from: 15, to: 30, share: 0.5}",
            "{kind: stream-break, from: 15, to: 30, share: 0.5}",
            "{kind: partial, from: 15, to: 30}",
            "{kind: flapping, from: 15, to: 30}",
            "{kind: brown-out, from: 15, to: 30}");

    static Stream<String> policies() {
        return Policies.all().stream().map(Policy::name);
    }

    @ParameterizedTest
    @MethodSource("policies")
    void everyCallAndEveryAttemptEndsOnce(String policy) {
        for (String fault : FAULTS) {
            for (String abandoned : List.of("finish", "stop")) {
                Scenario scenario =
                        Lab.scenario(Lab.OUTAGE.replace("slots: 60", "abandoned: " + abandoned + ", slots: 60")
                                + "faults: [" + fault + "]");
                Simulation simulation = new Simulation(scenario, Policies.of(policy), 3);
                simulation.run();
                Recorder recorder = simulation.recorder();
                long answers = Arrays.stream(Answer.Kind.values())
                        .mapToLong(recorder::answers)
                        .sum();
                assertThat(recorder.calls()).isBetween(1_000L, 1_400L);
                assertThat((long) recorder.ended()).as("%s: calls", fault).isEqualTo(recorder.calls());
                assertThat(recorder.inFlight()).as("%s: in flight", fault).isZero();
                assertThat(answers + recorder.attemptsCancelled())
                        .as("%s: attempts", fault)
                        .isEqualTo(recorder.attemptsBegan());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("policies")
    void theProviderIsEmptyAtTheEnd(String policy) {
        Simulation simulation = new Simulation(
                Lab.scenario(Lab.OUTAGE + "faults: [{kind: hang, from: 15, to: 30}]"), Policies.of(policy), 4);
        simulation.run();
        assertThat(simulation.busy()).isZero();
    }

    @Test
    void arrivalsAndServiceAreTheSameForAllPolicies() {
        Scenario scenario = Lab.scenario(Lab.OUTAGE);
        Run none = Lab.run(scenario, "none", 5);
        // The tight throttle refuses calls of a healthy provider before the first answers arrive.
        List<String> patient = Policies.usual().stream()
                .filter(policy -> !policy.equals("sre-throttle-tight"))
                .toList();
        for (String policy : patient) {
            assertThat(Lab.run(scenario, policy, 5).figures().get(Metric.P50))
                    .as(policy)
                    .isEqualTo(none.figures().get(Metric.P50));
        }
    }

    @ParameterizedTest
    @MethodSource("policies")
    void equalSeedsGiveEqualRuns(String policy) {
        Scenario scenario = Lab.scenario(Lab.OUTAGE + "faults: [{kind: brown-out, from: 15, to: 30}]");
        Run first = Lab.run(scenario, policy, 6);
        Run again = Lab.run(scenario, policy, 6);
        assertThat(again.figures()).isEqualTo(first.figures());
        assertThat(again.series().attempts()).isEqualTo(first.series().attempts());
        assertThat(Lab.run(scenario, policy, 7).series().attempts())
                .isNotEqualTo(first.series().attempts());
    }

    @Test
    void aClientThatForgetsACallIsFound() {
        Policy forgets = new Policy("forgets", "", false, process -> call -> {});
        assertThatThrownBy(() -> new Simulation(Lab.scenario(Lab.OUTAGE), forgets, 1).run())
                .hasMessageContaining("calls");
    }

    @Test
    void aClientThatEndsACallTwiceIsFound() {
        Policy twice = new Policy("twice", "", false, process -> call -> {
            call.fail();
            end(call);
        });
        assertThatThrownBy(() -> new Simulation(Lab.scenario(Lab.OUTAGE), twice, 1).run())
                .hasMessageContaining("ended twice");
    }

    private static void end(Call call) {
        call.fail();
    }
}
