package io.aicore.benchmarks;

import io.aicore.llm.LlmConfig;
import io.aicore.llm.LlmConfigBuilder;
import io.aicore.llm.chat.Completion;
import io.aicore.llm.observe.CallEnd;
import io.aicore.llm.observe.CallObservation;
import io.aicore.llm.observe.CallObserver;
import io.aicore.observability.LlmOperationCollector;
import io.aicore.retry.RetryEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * What recording costs the thread of a call, without a network: without an observer; with one that does nothing; with a
 * collector whose database is away; with a collector that writes to a file, as much as it can of a hundred thousand calls a
 * second.
 */
@SuppressWarnings("NullAway.Init") // The harness sets it up.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 10, time = 2)
@Measurement(iterations = 10, time = 2)
@Fork(2)
public class RecordingBenchmark {

    /** Who observes. */
    public enum Observer {
        NOBODY,
        IDLE,
        COLLECTOR_ALONE,
        COLLECTOR_WRITING
    }

    /** Runs it alone. */
    public static void main(String[] args) throws RunnerException {
        new Runner(new OptionsBuilder()
                        .include(RecordingBenchmark.class.getSimpleName())
                        .build())
                .run();
    }

    private static final String NOWHERE = "r2dbc:postgresql://nobody@127.0.0.1:1/none";

    @Param
    public Observer observer;

    private LlmOperationCollector collector;
    private MemoryProvider provider;

    @Setup
    public void open() throws Exception {
        Path file = Files.createTempDirectory("aicore-jmh").resolve("records");
        collector = LlmOperationCollector.builder()
                .url(observer == Observer.COLLECTOR_WRITING ? file.toString() : NOWHERE)
                .closeTimeout(Duration.ofMillis(1))
                .build();
        LlmConfigBuilder config = LlmConfig.builder().model("model");
        CallObserver idle = (start, context) -> new Deaf();
        switch (observer) {
            case NOBODY -> {}
            case IDLE -> config.observer(idle);
            case COLLECTOR_ALONE, COLLECTOR_WRITING -> config.observer(collector);
        }
        provider = new MemoryProvider(config.build());
    }

    private static final class Deaf implements CallObservation {
        @Override
        public void onEvent(RetryEvent event) {}

        @Override
        public void ended(CallEnd end) {}
    }

    @TearDown
    public void close() {
        collector.closeLater().block();
    }

    @Benchmark
    public @Nullable Completion call() {
        return provider.complete("Say it.").block();
    }
}
