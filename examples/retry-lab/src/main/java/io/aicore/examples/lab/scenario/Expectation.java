package io.aicore.examples.lab.scenario;

import org.jspecify.annotations.Nullable;

/**
 * What a policy must reach in a scenario.
 *
 * @param policy whose figure is judged
 * @param metric which figure
 * @param comparison how
 * @param value threshold for the mean
 * @param reference for {@link Comparison#SAME}: the policy whose figures of the same seeds must not differ
 */
public record Expectation(
        String policy,
        Metric metric,
        Comparison comparison,
        double value,
        @Nullable String reference) {

    /** How a figure is judged. */
    public enum Comparison {
        AT_MOST,
        AT_LEAST,
        SAME
    }

    @Override
    public String toString() {
        String wanted = switch (comparison) {
            case AT_MOST -> "<= " + metric.text(value);
            case AT_LEAST -> ">= " + metric.text(value);
            case SAME -> "same as " + reference;
        };
        return policy + " " + metric.key() + " " + wanted;
    }
}
