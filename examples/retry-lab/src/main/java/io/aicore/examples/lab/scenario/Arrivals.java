package io.aicore.examples.lab.scenario;

import java.util.List;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/**
 * When calls begin.
 *
 * @param rate calls a second of all processes together, as a Poisson stream; 0 for none
 * @param phases periods in which the rate is another
 * @param burst calls of a batch job; null for none
 * @param agents callers that wait for their answer before they call again; null for none
 */
public record Arrivals(
        double rate,
        List<Phase> phases,
        @Nullable Burst burst,
        @Nullable Agents agents) {

    /** A period in which the rate is multiplied. */
    public record Phase(double from, double to, double factor) {}

    /** Calls that each process begins at about the same time. */
    public record Burst(double at, int calls, double spread) {}

    /** Callers of each process, each of which thinks for this long on average before its next call. */
    public record Agents(int number, double think) {}

    /** Calls a second at this time. */
    public double rateAt(double time) {
        double now = rate;
        for (Phase phase : phases) {
            if (time >= phase.from && time < phase.to) {
                now *= phase.factor;
            }
        }
        return now;
    }

    /** How many calls the stream has in this time, on average. */
    double expected(double duration) {
        double[] changes = DoubleStream.concat(
                        DoubleStream.of(0, duration),
                        phases.stream().flatMapToDouble(phase -> DoubleStream.of(phase.from, phase.to)))
                .filter(time -> time <= duration)
                .sorted()
                .toArray();
        double calls = 0;
        for (int i = 1; i < changes.length; i++) {
            calls += rateAt(changes[i - 1]) * (changes[i] - changes[i - 1]);
        }
        return calls;
    }

    /** When the last call begins, at the latest. */
    public double lastCall(double duration) {
        return burst == null ? duration : Math.max(duration, burst.at() + burst.spread());
    }

    /** The highest rate at any time. */
    public double highestRate() {
        double highest = rate;
        for (Phase phase : phases) {
            highest = Math.max(highest, rateAt(phase.from));
        }
        return highest;
    }
}
