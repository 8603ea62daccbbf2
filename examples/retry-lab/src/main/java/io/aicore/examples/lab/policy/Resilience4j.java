package io.aicore.examples.lab.policy;

import io.aicore.examples.lab.call.Answer;
import io.aicore.examples.lab.call.Answer.Kind;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Resilience4j's retry around its circuit breaker, the classes themselves, with three retries and full jitter. Its defaults: 100
 * calls, half of them failed, open for 60 s, ten probes; refusals of the breaker are not retried.
 */
final class Resilience4j extends Backoffs {

    private static final double MILLIS = 1e3;

    private static final class Failed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final Kind kind;

        Failed(Kind kind) {
            super("an attempt failed", null, false, false);
            this.kind = kind;
        }
    }

    private final CircuitBreaker breaker;
    private final Retry retry;

    private Resilience4j(ProcessContext process, CircuitBreakerConfig.Builder config) {
        super(process, Jitter.FULL, false);
        this.breaker = CircuitBreaker.of(
                "provider",
                config.clock(process.scheduler().clock())
                        .currentTimestampFunction(clock -> process.scheduler().now(), TimeUnit.NANOSECONDS)
                        .build());
        this.retry = Retry.of(
                "provider",
                RetryConfig.custom()
                        .maxAttempts(1 + RETRIES)
                        .intervalFunction(number ->
                                (long) (uniform(0, Math.min(CAP, BASE * Math.pow(2, number))) * MILLIS))
                        .build());
    }

    static Resilience4j withDefaults(ProcessContext process) {
        return new Resilience4j(process, CircuitBreakerConfig.custom());
    }

    /** Open for 10 s, and a 429 is no failure. */
    static Resilience4j tuned(ProcessContext process) {
        return new Resilience4j(
                process,
                CircuitBreakerConfig.custom()
                        .waitDurationInOpenState(Duration.ofSeconds(10))
                        .ignoreException(error -> error instanceof Failed failed && failed.kind == Kind.LIMITED));
    }

    @Override
    boolean admits(Turn turn) {
        if (turn.memory == null) {
            turn.memory = retry.<Object>asyncContext();
        }
        return breaker.tryAcquirePermission();
    }

    @Override
    void ended(Turn turn, Answer answer, long nanos) {
        if (answer.isOk()) {
            breaker.onSuccess(nanos, TimeUnit.NANOSECONDS);
        } else {
            breaker.onError(nanos, TimeUnit.NANOSECONDS, new Failed(answer.kind()));
        }
    }

    @Override
    double delay(Turn turn, Answer answer) {
        long millis = context(turn).onError(new Failed(answer.kind()));
        return millis < 0 ? GIVE_UP : millis / MILLIS;
    }

    @Override
    void succeeded(Turn turn) {
        context(turn).onComplete();
    }

    private static Retry.AsyncContext<?> context(Turn turn) {
        if (turn.memory instanceof Retry.AsyncContext<?> context) {
            return context;
        }
        throw new IllegalStateException("no attempt was made");
    }
}
