package io.aicore.benchmarks;

import io.aicore.llm.LlmConfig;
import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.CompletionChunk;
import io.aicore.llm.chat.CompletionRequest;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A call through a provider's pipeline, whose attempts answer at once and from memory. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@Fork(
        value = 1,
        jvmArgs = {"-Xbatch", "-XX:+UseSerialGC", "-Xmx256m"})
public class ProviderBenchmark {

    private static final CompletionRequest REQUEST = CompletionRequest.of("Say something.");

    private final MemoryProvider provider =
            new MemoryProvider(LlmConfig.builder().model("model").build());

    @Benchmark
    @Warmup(iterations = 5, batchSize = 6000)
    @Measurement(iterations = 3, batchSize = 6000)
    public @Nullable Completion completion() {
        return provider.complete(REQUEST).block();
    }

    @Benchmark
    @Warmup(iterations = 5, batchSize = 50)
    @Measurement(iterations = 3, batchSize = 50)
    @OperationsPerInvocation(MemoryProvider.CHUNKS)
    public @Nullable CompletionChunk chunk() {
        return provider.stream(REQUEST).blockLast();
    }
}
