package io.aicore.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Measures what the benchmarks allocate and fails when one exceeds its limit.
 *
 * <p>Each benchmark is warmed up for a number of operations, not for a time, in a JVM that compiles in the foreground: then
 * the result depends neither on the machine nor on what else runs on it.
 */
public final class AllocationCheck {

    private static final String ALLOCATED = "gc.alloc.rate.norm";
    private static final int MEDIAN = 50;

    private AllocationCheck() {}

    /**
     * Prints a table and ends with 1 if a limit is exceeded.
     *
     * @param args the file of limits; {@code update} after it writes that file instead
     */
    public static void main(String[] args) throws RunnerException, IOException {
        boolean update = args.length == 2 && args[1].equals("update");
        if (args.length == 0 || (args.length > 1 && !update)) {
            System.err.println("arguments: " + List.of(args) + " (expected: FILE, or FILE update)");
            System.exit(2);
        }
        Path file = Path.of(args[0]);
        List<Measured> measured = measure();
        AllocationLimits limits = update ? AllocationLimits.of(measured) : AllocationLimits.read(file);
        System.out.print(limits.table(measured));
        if (update) {
            limits.write(file);
            return;
        }
        List<String> violations = limits.violations(measured);
        violations.forEach(System.err::println);
        if (!violations.isEmpty()) {
            System.exit(1);
        }
    }

    private static List<Measured> measure() throws RunnerException {
        Collection<RunResult> results = new Runner(new OptionsBuilder()
                        .include(AllocationCheck.class.getPackageName())
                        .exclude(RecordingBenchmark.class.getSimpleName())
                        .exclude(CircuitBenchmark.class.getSimpleName())
                        .addProfiler(GCProfiler.class)
                        .verbosity(VerboseMode.SILENT)
                        .shouldFailOnError(true)
                        .build())
                .run();
        return results.stream()
                .map(AllocationCheck::measured)
                .sorted(Comparator.comparing(Measured::benchmark))
                .toList();
    }

    /** JMH divides by the operations of one invocation, and not by the invocations of a batch. */
    private static Measured measured(RunResult result) {
        String benchmark = result.getParams().getBenchmark();
        Result<?> allocated =
                Objects.requireNonNull(result.getSecondaryResults().get(ALLOCATED), ALLOCATED);
        double perBatch = allocated.getStatistics().getPercentile(MEDIAN);
        return new Measured(
                benchmark.substring(AllocationCheck.class.getPackageName().length() + 1),
                perBatch / result.getParams().getMeasurement().getBatchSize());
    }
}
