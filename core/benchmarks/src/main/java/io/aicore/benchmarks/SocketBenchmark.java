package io.aicore.benchmarks;

import io.aicore.llm.Llm;
import io.aicore.llm.LlmConfig;
import io.aicore.llm.LlmProvider;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** A whole call of the provider {@code openai}, over loopback: encoding, HTTP, decoding and all between. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@Fork(
        value = 1,
        jvmArgs = {"-Xbatch", "-XX:+UseSerialGC", "-Xmx256m"})
public class SocketBenchmark {

    private static final int CHUNKS = 1_000;
    private static final CompletionRequest REQUEST = CompletionRequest.of("Say something.");

    private final FixedServer completions = FixedServer.answering(OpenAiAnswers.completion());
    private final FixedServer streams = FixedServer.answering(OpenAiAnswers.stream(CHUNKS));
    private final LlmProvider completing = provider(completions);
    private final LlmProvider streaming = provider(streams);

    private static LlmProvider provider(FixedServer server) {
        return Llm.from(LlmConfig.builder()
                .provider("openai")
                .apiKey("none")
                .model("gpt-4o-mini")
                .baseUrl(server.address())
                .build());
    }

    @TearDown
    public void close() {
        completing.dispose();
        streaming.dispose();
        completions.close();
        streams.close();
    }

    @Benchmark
    @Warmup(iterations = 6, batchSize = 2000)
    @Measurement(iterations = 3, batchSize = 2000)
    public @Nullable Completion completion() {
        return completing.complete(REQUEST).block();
    }

    @Benchmark
    @Warmup(iterations = 6, batchSize = 20)
    @Measurement(iterations = 3, batchSize = 20)
    @OperationsPerInvocation(CHUNKS)
    public @Nullable CompletionChunk chunk() {
        return streaming.stream(REQUEST).blockLast();
    }
}
