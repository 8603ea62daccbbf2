package io.aicore.examples.load;

import com.sun.management.OperatingSystemMXBean;
import io.aicore.llm.LlmProvider;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.LongSupplier;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Processor time of two ways to do the same, taken in turns, so that whatever else the machine does falls on both.
 *
 * @param plain median of a call, in microseconds
 * @param recorded median of a call, in microseconds
 */
record Comparison(String what, double plain, double recorded) {

    /** One call. */
    interface Kind {
        Mono<Void> call(LlmProvider llm);
    }

    private static final int AT_ONCE = 32;
    private static final int WARM_UP = 4;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    /** Both, this many times each in turns, after some rounds that do not count. */
    static Comparison of(String what, LongSupplier plain, LongSupplier recorded, int rounds, int calls) {
        double[] without = new double[rounds];
        double[] with = new double[rounds];
        for (int i = -WARM_UP; i < rounds; i++) {
            // The one that goes first pays for what the one before left to collect.
            boolean swap = i % 2 == 0;
            long first = (swap ? recorded : plain).getAsLong();
            long second = (swap ? plain : recorded).getAsLong();
            if (i >= 0) {
                without[i] = (swap ? second : first) / 1_000.0 / calls;
                with[i] = (swap ? first : second) / 1_000.0 / calls;
            }
        }
        return new Comparison(what, median(without), median(with));
    }

    /** A round of calls and what belongs to it; gives the nanoseconds of all processors that it took. */
    static LongSupplier round(LlmProvider llm, Kind kind, int calls, Mono<Void> afterwards) {
        return () -> {
            long before = SYSTEM.getProcessCpuTime();
            Flux.range(0, calls)
                    .flatMap(number -> kind.call(llm), AT_ONCE)
                    .then(afterwards)
                    .block(PATIENCE);
            return SYSTEM.getProcessCpuTime() - before;
        };
    }

    /** By how much recording adds to the processor time, 0.03 for three per cent. */
    double added() {
        return recorded / plain - 1;
    }

    private static double median(double... values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%s: %.1f µs of processor a call, %.1f µs recorded: %+.1f %%",
                what,
                plain,
                recorded,
                100 * added());
    }
}
