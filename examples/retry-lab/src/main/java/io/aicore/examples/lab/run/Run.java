package io.aicore.examples.lab.run;

import io.aicore.examples.lab.scenario.Metric;
import java.util.Map;

/**
 * What a run gave.
 *
 * @param figures every metric; NaN where there is nothing to measure
 * @param series by second
 */
public record Run(Map<Metric, Double> figures, Series series) {}
