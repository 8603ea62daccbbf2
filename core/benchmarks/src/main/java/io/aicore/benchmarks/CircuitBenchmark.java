package io.aicore.benchmarks;

import io.aicore.limit.CircuitBreaker;
import io.aicore.limit.CircuitSettings;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * What a closed circuit costs a call, beside one written by hand that does the least: permission and success, by one thread and
 * then by two that share it. Compare within one run.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 10, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Fork(5)
public class CircuitBenchmark {

    private static final int TOGETHER = 2;

    private final CircuitBreaker circuit = CircuitBreaker.of("benchmark", CircuitSettings.defaults());
    private final HandWrittenCircuit floor = new HandWrittenCircuit();

    /** Runs it alone. */
    public static void main(String[] args) throws RunnerException {
        for (int threads = 1; threads <= TOGETHER; threads++) {
            new Runner(new OptionsBuilder()
                            .include(CircuitBenchmark.class.getSimpleName())
                            .threads(threads)
                            .build())
                    .run();
        }
    }

    @Benchmark
    public boolean circuit() {
        return circuit.tryAcquire().success();
    }

    @Benchmark
    public long floor() {
        return floor.end(floor.begin(), true);
    }
}
