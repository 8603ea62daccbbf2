package io.aicore.examples.lab.run;

import io.aicore.examples.lab.policy.Policies;
import io.aicore.examples.lab.scenario.Metric;
import io.aicore.examples.lab.scenario.Scenario;
import io.aicore.examples.lab.scenario.Scenarios;

/** Small scenarios for tests. */
final class Lab {

    /** An outage, small enough for a test: 20 calls a second from 5 processes. */
    static final String OUTAGE = """
            duration: 60
            clients: {processes: 5, rate: 20, timeout: 10, deadline: 20}
            provider: {slots: 60, queue: 20, service: {mean: 1, sigma: 0.6}}
            """;

    private Lab() {}

    static Scenario scenario(String text) {
        return Scenarios.parse("test.yaml", text);
    }

    static Run run(Scenario scenario, String policy, long seed) {
        return new Simulation(scenario, Policies.of(policy), seed).run();
    }

    static double figure(Scenario scenario, String policy, Metric metric) {
        return run(scenario, policy, 1).figures().get(metric);
    }
}
