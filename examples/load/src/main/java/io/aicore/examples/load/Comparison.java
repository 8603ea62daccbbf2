package io.aicore.examples.load;

import com.sun.management.OperatingSystemMXBean;
import io.aicore.llm.LlmProvider;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Processor time of two ways to do the same, taken in turns, so that whatever else the machine does falls on both.
 *
 * @param plain median of a call, in microseconds
 * @param recorded median of a call, in microseconds
 * @param added by how much recording adds to it, 0.03 for three per cent: the median of neighbouring rounds
 */
record Comparison(String what, double plain, double recorded, double added) {

    /** One call. */
    interface Kind {
        Mono<Void> call(LlmProvider llm);
    }

    private static final int AT_ONCE = 32;
    // The just-in-time compiler works for more than a minute, at twice the cost of what is to be measured.
    private static final Duration WARM_UP = Duration.ofSeconds(90);
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    /**
     * How often.
     *
     * @param calls of a round: so many that they take seconds, as processor time is told in hundredths
     */
    record Extent(int rounds, int calls) {}

    /** Both once, in nanoseconds. */
    private record Turn(long plain, long recorded) {

        static Turn of(LongSupplier plain, LongSupplier recorded, boolean swap) {
            // The one that goes first pays for what the one before left to collect.
            long first = (swap ? recorded : plain).getAsLong();
            long second = (swap ? plain : recorded).getAsLong();
            return swap ? new Turn(second, first) : new Turn(first, second);
        }
    }

    /** Both in turns, after a while that does not count. */
    static Comparison of(String what, LongSupplier plain, LongSupplier recorded, Extent extent) {
        for (long begin = System.nanoTime(); System.nanoTime() - begin < WARM_UP.toNanos(); ) {
            Turn.of(plain, recorded, false);
        }
        List<Turn> turns = IntStream.range(0, extent.rounds())
                .mapToObj(round -> Turn.of(plain, recorded, round % 2 == 0))
                .toList();
        double micros = 1_000.0 * extent.calls();
        return new Comparison(
                what,
                median(turns, turn -> turn.plain() / micros),
                median(turns, turn -> turn.recorded() / micros),
                median(turns, turn -> (double) turn.recorded() / turn.plain() - 1));
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

    private static double median(List<Turn> turns, ToDoubleFunction<Turn> of) {
        double[] sorted = turns.stream().mapToDouble(of).sorted().toArray();
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
                100 * added);
    }
}
