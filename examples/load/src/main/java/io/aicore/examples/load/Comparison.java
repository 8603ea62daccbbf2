package io.aicore.examples.load;

import io.aicore.llm.LlmProvider;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Processor time of three ways to do the same, taken in turns, so that whatever else the machine does falls on all.
 *
 * @param plain of a call that nobody observes, the median in microseconds
 * @param collected what a collector adds to it whose database is away, 0.03 for three per cent: the median of the turns
 * @param recorded what one adds that writes to its database
 */
record Comparison(String what, double plain, double collected, double recorded) {

    private static final int AT_ONCE = 32;
    private static final Duration WARM_UP = Duration.ofSeconds(60);
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final ProcessorTime PROCESSOR = new ProcessorTime();

    /** One call. */
    interface Kind {
        Mono<Void> call(LlmProvider llm);
    }

    /**
     * How often.
     *
     * @param calls of a round: so many that they take seconds, as processor time is told in hundredths
     */
    record Extent(int rounds, int calls) {}

    /** A round of each, in nanoseconds. */
    private record Turn(long plain, long collected, long recorded) {

        /** The one that goes first pays for what the one before left to collect: each is first in its turn. */
        static Turn of(List<LongSupplier> ways, int first) {
            long[] took = new long[ways.size()];
            for (int i = 0; i < took.length; i++) {
                int next = (first + i) % took.length;
                took[next] = ways.get(next).getAsLong();
            }
            return new Turn(took[0], took[1], took[2]);
        }
    }

    /** All in turns, after a while that does not count. */
    static Comparison of(
            String what, LongSupplier plain, LongSupplier collected, LongSupplier recorded, Extent extent) {
        List<LongSupplier> ways = List.of(plain, collected, recorded);
        for (long begin = System.nanoTime(); System.nanoTime() - begin < WARM_UP.toNanos(); ) {
            Turn.of(ways, 0);
        }
        List<Turn> turns = IntStream.range(0, extent.rounds())
                .mapToObj(round -> Turn.of(ways, round))
                .toList();
        return new Comparison(
                what,
                median(turns, turn -> turn.plain() / 1_000.0 / extent.calls()),
                median(turns, turn -> (double) turn.collected() / turn.plain() - 1),
                median(turns, turn -> (double) turn.recorded() / turn.plain() - 1));
    }

    /** A round of calls and what belongs to it; gives the nanoseconds of all processors that it took. */
    static LongSupplier round(LlmProvider llm, Kind kind, int calls, Mono<Void> afterwards) {
        return () -> {
            long before = PROCESSOR.nanos();
            Flux.range(0, calls)
                    .flatMap(number -> kind.call(llm), AT_ONCE)
                    .then(afterwards)
                    .block(PATIENCE);
            return PROCESSOR.nanos() - before;
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
                "%s: %.0f µs of processor a call, %+.1f %% to collect (%.0f µs), %+.1f %% to record (%.0f µs)",
                what,
                plain,
                100 * collected,
                plain * collected,
                100 * recorded,
                plain * recorded);
    }
}
