package io.aicore.examples.lab.policy;

import io.aicore.examples.lab.call.Answer;
import java.time.Duration;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.retries.StandardRetryStrategy;
import software.amazon.awssdk.retries.api.AcquireInitialTokenRequest;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.retries.api.RecordSuccessRequest;
import software.amazon.awssdk.retries.api.RefreshRetryTokenRequest;
import software.amazon.awssdk.retries.api.RetryToken;
import software.amazon.awssdk.retries.api.TokenAcquisitionFailedException;

/**
 * The AWS SDK's standard retry strategy, the class itself, in its mode of November 2026: three attempts, a quota of 500 with 14
 * for a retry (5 for throttling), at most 5 s more than its own backoff for a {@code Retry-After}. Its backoff (full jitter, 50 ms or 1 s
 * doubling to 20 s) is drawn here, since its own cannot be seeded.
 */
final class AwsStandard extends RetryLoop {

    private static final double NORMAL = 0.05;
    private static final double THROTTLED = 1;
    private static final double CAP = 20;
    private static final double MILLIS = 1e3;
    private static final double NANOS = 1e9;

    private static final class Failed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final boolean throttled;

        Failed(boolean throttled) {
            super("an attempt failed", null, false, false);
            this.throttled = throttled;
        }
    }

    private final ProcessContext process;
    private final StandardRetryStrategy strategy;

    AwsStandard(ProcessContext process) {
        super(process.scheduler());
        this.process = process;
        this.strategy = DefaultRetryStrategy.standardStrategyBuilder(true)
                .retryOnException(error -> true)
                .treatAsThrottling(error -> error instanceof Failed failed && failed.throttled)
                .backoffStrategy(fullJitter(NORMAL))
                .throttlingBackoffStrategy(fullJitter(THROTTLED))
                .build();
    }

    /** {@code attempt} is 2 for the first retry. */
    private BackoffStrategy fullJitter(double base) {
        return attempt -> {
            double most = Math.min(CAP, base * Math.pow(2, Math.max(0, attempt - 2)));
            return Duration.ofMillis((long) (process.random().nextDouble() * most * MILLIS));
        };
    }

    @Override
    boolean admits(Turn turn) {
        if (turn.memory == null) {
            turn.memory = strategy.acquireInitialToken(AcquireInitialTokenRequest.create("GLOBAL"))
                    .token();
        }
        return true;
    }

    @Override
    double delay(Turn turn, Answer answer) {
        RefreshRetryTokenRequest.Builder request =
                RefreshRetryTokenRequest.builder().token(token(turn)).failure(new Failed(answer.isThrottled()));
        Double retryAfter = answer.retryAfter();
        if (retryAfter != null) {
            request.suggestedDelay(Duration.ofMillis((long) (retryAfter * MILLIS)));
        }
        try {
            var response = strategy.refreshRetryToken(request.build());
            turn.memory = response.token();
            return response.delay().toNanos() / NANOS;
        } catch (TokenAcquisitionFailedException empty) {
            return GIVE_UP;
        }
    }

    @Override
    void succeeded(Turn turn) {
        strategy.recordSuccess(RecordSuccessRequest.create(token(turn)));
    }

    private static RetryToken token(Turn turn) {
        if (turn.memory instanceof RetryToken token) {
            return token;
        }
        throw new IllegalStateException("no token was acquired");
    }
}
