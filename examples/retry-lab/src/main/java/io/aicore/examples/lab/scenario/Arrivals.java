package io.aicore.examples.lab.scenario;

import java.util.List;
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

    /** The highest rate at any time. */
    public double highestRate() {
        double highest = rate;
        for (Phase phase : phases) {
            highest = Math.max(highest, rateAt(phase.from));
        }
        return highest;
    }
}
