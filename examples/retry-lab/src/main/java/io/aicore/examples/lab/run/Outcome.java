package io.aicore.examples.lab.run;

import io.aicore.examples.lab.scenario.Expectation;
import io.aicore.examples.lab.scenario.Expectation.Comparison;
import io.aicore.examples.lab.scenario.Scenario;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All policies in one scenario. */
public record Outcome(Scenario scenario, List<Result> results) {

    /** An expectation, judged; {@code found} is the mean, or the paired difference of {@link Comparison#SAME}. */
    public record Verdict(Expectation expectation, Estimate found, boolean reached) {}

    /** The result of this policy; null if it did not run. */
    public @Nullable Result of(String policy) {
        for (Result result : results) {
            if (result.policy().name().equals(policy)) {
                return result;
            }
        }
        return null;
    }

    /** Every expectation of the scenario whose policies ran. */
    public List<Verdict> verdicts() {
        return scenario.study().expectations().stream()
                .filter(e -> of(e.policy()) != null && (e.reference() == null || of(e.reference()) != null))
                .map(this::judge)
                .toList();
    }

    private Verdict judge(Expectation expectation) {
        Estimate found = expectation.comparison() == Comparison.SAME
                ? difference(expectation)
                : result(expectation.policy()).estimate(expectation.metric());
        boolean reached = switch (expectation.comparison()) {
            case AT_MOST -> found.mean() <= expectation.value();
            case AT_LEAST -> found.mean() >= expectation.value();
            case SAME -> found.includes(0);
        };
        return new Verdict(expectation, found, reached);
    }

    private Estimate difference(Expectation expectation) {
        double[] values = result(expectation.policy()).values(expectation.metric());
        double[] others = result(String.valueOf(expectation.reference())).values(expectation.metric());
        for (int i = 0; i < values.length; i++) {
            values[i] -= others[i];
        }
        return Estimate.of(values);
    }

    private Result result(String policy) {
        Result result = of(policy);
        if (result == null) {
            throw new IllegalStateException(policy + " did not run");
        }
        return result;
    }
}
