package io.aicore.examples.lab.run;

import java.util.Arrays;
import java.util.List;

/** Curves over time, a value for each second. */
public final class Series {

    private final double[] attempts;
    private final double[] goodput;
    private final double[] waiting;
    private final double[] queue;

    private Series(double[] attempts, double[] goodput, double[] waiting, double[] queue) {
        this.attempts = attempts;
        this.goodput = goodput;
        this.waiting = waiting;
        this.queue = queue;
    }

    static Series of(Recorder recorder) {
        return new Series(
                doubles(recorder.attempts), doubles(recorder.good), doubles(recorder.waiting), doubles(recorder.queue));
    }

    private static double[] doubles(int[] counts) {
        return Arrays.stream(counts).asDoubleStream().toArray();
    }

    /** The mean of several runs of one scenario. */
    static Series mean(List<Series> runs) {
        return new Series(
                mean(runs.stream().map(Series::attempts).toList(), runs.size()),
                mean(runs.stream().map(Series::goodput).toList(), runs.size()),
                mean(runs.stream().map(Series::waiting).toList(), runs.size()),
                mean(runs.stream().map(Series::queue).toList(), runs.size()));
    }

    private static double[] mean(List<double[]> curves, int number) {
        double[] mean = new double[curves.get(0).length];
        for (double[] curve : curves) {
            for (int i = 0; i < mean.length; i++) {
                mean[i] += curve[i] / number;
            }
        }
        return mean;
    }

    /** Attempts sent in this second. */
    public double[] attempts() {
        return attempts.clone();
    }

    /** Successes of this second. */
    public double[] goodput() {
        return goodput.clone();
    }

    /** Calls without an attempt in flight, in the middle of this second. */
    public double[] waiting() {
        return waiting.clone();
    }

    /** Requests that wait at the provider, in the middle of this second. */
    public double[] queue() {
        return queue.clone();
    }
}
