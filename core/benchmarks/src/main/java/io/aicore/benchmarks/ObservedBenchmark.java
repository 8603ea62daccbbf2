package io.aicore.benchmarks;

import io.aicore.llm.LlmConfig;
import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.CompletionRequest;
import io.aicore.observability.metrics.LlmObservations;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A call from memory with Micrometer's observations and meters: compare it with {@link ProviderBenchmark}. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@Fork(
        value = 1,
        jvmArgs = {"-Xbatch", "-XX:+UseSerialGC", "-Xmx256m"})
public class ObservedBenchmark {

    private static final CompletionRequest REQUEST = CompletionRequest.of("Say something.");

    private final MeterRegistry meters = new SimpleMeterRegistry();
    private final MemoryProvider metered = observed(ObservationRegistry.NOOP);
    private final MemoryProvider observed = observed(registry());

    private MemoryProvider observed(ObservationRegistry registry) {
        return new MemoryProvider(LlmConfig.builder()
                .model("model")
                .observer(LlmObservations.of(registry, meters))
                .build());
    }

    /** As in Spring Boot without tracing. */
    private ObservationRegistry registry() {
        ObservationRegistry registry = ObservationRegistry.create();
        registry.observationConfig().observationHandler(new DefaultMeterObservationHandler(meters));
        return registry;
    }

    @Benchmark
    @Warmup(iterations = 5, batchSize = 6000)
    @Measurement(iterations = 3, batchSize = 6000)
    public @Nullable Completion meters() {
        return metered.complete(REQUEST).block();
    }

    @Benchmark
    @Warmup(iterations = 5, batchSize = 6000)
    @Measurement(iterations = 3, batchSize = 6000)
    public @Nullable Completion observations() {
        return observed.complete(REQUEST).block();
    }
}
