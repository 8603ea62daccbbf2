package io.aicore.examples.lab.run;

import java.util.Arrays;
import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;

/**
 * A mean with the half width of its 95 % confidence interval, by Student's t over the seeds; the half width is NaN for fewer
 * than two values.
 */
public record Estimate(double mean, double halfWidth, int runs) {

    private static final double QUANTILE = 0.975;

    /** The estimate from these values; those that are NaN are left out. */
    public static Estimate of(double... values) {
        SummaryStatistics statistics = new SummaryStatistics();
        Arrays.stream(values).filter(value -> !Double.isNaN(value)).forEach(statistics::addValue);
        long n = statistics.getN();
        double halfWidth = n < 2
                ? Double.NaN
                : new TDistribution((double) (n - 1)).inverseCumulativeProbability(QUANTILE)
                        * statistics.getStandardDeviation()
                        / Math.sqrt((double) n);
        return new Estimate(statistics.getMean(), halfWidth, (int) n);
    }

    /** Whether the interval includes this value. */
    public boolean includes(double value) {
        return Math.abs(mean - value) <= (Double.isNaN(halfWidth) ? 0 : halfWidth);
    }
}
