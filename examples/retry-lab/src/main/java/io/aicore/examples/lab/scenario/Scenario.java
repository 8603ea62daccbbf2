package io.aicore.examples.lab.scenario;

import java.util.List;

/** An experiment: who calls, whom, what goes wrong, with which settings of ours, and what is measured. */
public record Scenario(
        Title title, Clients clients, ProviderSpec provider, List<Fault> faults, AiCoreSpec aicore, Study study) {

    /** What it is called. */
    public record Title(String name, String description) {}

    public String name() {
        return title.name;
    }
}
