package io.aicore.benchmarks;

import io.aicore.limit.Admission;
import io.aicore.limit.AdmissionLane;
import io.aicore.limit.AdmissionSettings;
import io.aicore.limit.AttemptOutcome;
import io.aicore.limit.CircuitBreaker;
import io.aicore.limit.CircuitSettings;
import io.aicore.limit.CircuitState;
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

/** Retry, circuit, admission and deadline around a source without cost. */
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

    private static final Duration HALF_A_DAY = Duration.ofHours(12);

    private final CircuitBreaker circuit = CircuitBreaker.of("benchmark", CircuitSettings.defaults());
    private final RetryOnFailure retry = RetryOnFailure.of(RetrySettings.defaults()
                    .initialDelay(Duration.ofSeconds(1))
                    .jitter(Jitter.none())
                    .deadline(Duration.ofMinutes(10)))
            .retryOn(Unavailable.class)
            .scheduler(new ImmediateWaits())
            .circuitBreaker(circuit);
    private final AdmissionLane lane =
            Admission.of("benchmark", AdmissionSettings.standard()).lane("key", circuit);
    private final CircuitBreaker open = open();
    private final AdmissionLane shut = Admission.of(
                    "benchmark", AdmissionSettings.standard().circuitWait(Duration.ZERO))
            .lane("key", open);
    private final RetryOnFailure refused = retry.circuitBreaker(open);
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
    public @Nullable Integer admitted() {
        return retry.protect(lane.protect(Mono.just(1), RetryBenchmark::outcome))
                .block();
    }

    @Benchmark
    @Warmup(iterations = 5, batchSize = 12000)
    @Measurement(iterations = 3, batchSize = 12000)
    public @Nullable Integer rejected() {
        return refused.protect(shut.protect(Mono.just(1), RetryBenchmark::outcome))
                .onErrorReturn(2)
                .block();
    }

    private static AttemptOutcome outcome(Throwable error) {
        return AttemptOutcome.of(CircuitBreaker.defaultOutcome(error));
    }

    private static CircuitBreaker open() {
        CircuitBreaker breaker = CircuitBreaker.of(
                "open",
                CircuitSettings.defaults()
                        .openTime(HALF_A_DAY)
                        .maxOpenTime(HALF_A_DAY)
                        .maxWait(Duration.ZERO));
        while (breaker.state() != CircuitState.OPEN) {
            breaker.tryAcquire().failure();
        }
        return breaker;
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
