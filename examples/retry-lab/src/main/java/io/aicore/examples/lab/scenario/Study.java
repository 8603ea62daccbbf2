package io.aicore.examples.lab.scenario;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is measured.
 *
 * @param duration seconds in which calls begin; those begun run to their end
 * @param window in which goodput, success and latency are measured
 * @param fault period of the fault; null without one
 * @param columns what tables show
 * @param policies which run; empty for the usual ones
 * @param expectations what must be reached
 */
public record Study(
        double duration,
        Window window,
        @Nullable Window fault,
        List<Metric> columns,
        List<String> policies,
        List<Expectation> expectations) {

    /** Seconds from the beginning. */
    public record Window(double from, double to) {
        public double length() {
            return to - from;
        }

        public boolean contains(double time) {
            return time >= from && time < to;
        }
    }
}
