package io.aicore.examples.lab.run;

import io.aicore.examples.lab.policy.Policy;
import io.aicore.examples.lab.scenario.Metric;
import java.util.List;

/** The runs of one policy in one scenario, one for each seed. */
public record Result(Policy policy, List<Run> runs) {

    /** The values of this metric by seed. */
    public double[] values(Metric metric) {
        return runs.stream().mapToDouble(run -> run.figures().get(metric)).toArray();
    }

    public Estimate estimate(Metric metric) {
        return Estimate.of(values(metric));
    }

    public Series series() {
        return Series.mean(runs.stream().map(Run::series).toList());
    }
}
