package io.aicore.benchmarks;

import io.aicore.limit.CircuitBreaker;
import io.aicore.limit.CircuitSettings;
import io.aicore.retry.Attempt;
import io.aicore.retry.Jitter;
import io.aicore.retry.RetryOnFailure;
import io.aicore.retry.RetrySettings;
import java.time.Duration;
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
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Retry, circuit and deadline around a source without cost. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@Fork(
        value = 1,
        jvmArgs = {"-Xbatch", "-XX:+UseSerialGC", "-Xmx256m"})
public class RetryBenchmark {

    private static final int TOKENS = 1_000;

    private static final class Unavailable extends RuntimeException {
        private static final long serialVersionUID = 1;

        Unavailable() {
            super("unavailable", null, false, false);
        }
    }

    private final RetryOnFailure retry = RetryOnFailure.of(RetrySettings.defaults()
                    .initialDelay(Duration.ofSeconds(1))
                    .jitter(Jitter.none())
                    .deadline(Duration.ofMinutes(10)))
            .retryOn(Unavailable.class)
            .scheduler(new ImmediateWaits())
            .circuitBreaker(CircuitBreaker.of("benchmark", CircuitSettings.defaults()));
    private final Mono<Integer> failsOnce = Mono.deferContextual(
            context -> Attempt.current(context).number() == 1 ? Mono.error(new Unavailable()) : Mono.just(1));
    private final Flux<Integer> tokens = Flux.range(0, TOKENS);

    @Benchmark
    @Warmup(iterations = 5, batchSize = 12000)
    @Measurement(iterations = 3, batchSize = 12000)
    public @Nullable Integer success() {
        return retry.protect(Mono.just(1)).block();
    }

    @Benchmark
    @Warmup(iterations = 5, batchSize = 12000)
    @Measurement(iterations = 3, batchSize = 12000)
    public @Nullable Integer oneRetry() {
        return retry.protect(failsOnce).block();
    }

    @Benchmark
    @Warmup(iterations = 5, batchSize = 50)
    @Measurement(iterations = 3, batchSize = 50)
    @OperationsPerInvocation(TOKENS)
    public @Nullable Integer token() {
        return retry.protect(tokens).blockLast();
    }
}
