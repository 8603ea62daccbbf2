package io.aicore.examples.lab.policy;

import com.netflix.concurrency.limits.Limit;
import com.netflix.concurrency.limits.Limiter;
import com.netflix.concurrency.limits.limit.AIMDLimit;
import com.netflix.concurrency.limits.limit.Gradient2Limit;
import com.netflix.concurrency.limits.limiter.SimpleLimiter;
import io.aicore.examples.lab.call.Answer;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Netflix's concurrency limits, the classes themselves, under full jitter. An attempt beyond the limit is retried like a failed
 * one. An attempt that the provider refused, or that timed out, counts as dropped.
 */
final class ConcurrencyLimits extends Backoffs {

    private final Limiter<Void> limiter;

    private ConcurrencyLimits(ProcessContext process, Limit limit) {
        super(process, Jitter.FULL, false);
        this.limiter = SimpleLimiter.newBuilder()
                .limit(limit)
                .nanoClock(process.scheduler()::now)
                .build();
    }

    /** A limit that grows by one and shrinks by a tenth. An answer may take as long as its length wants. */
    static ConcurrencyLimits aimd(ProcessContext process) {
        return new ConcurrencyLimits(
                process, AIMDLimit.newBuilder().timeout(60, TimeUnit.SECONDS).build());
    }

    /** A limit that follows the gradient of latency. */
    static ConcurrencyLimits gradient(ProcessContext process) {
        return new ConcurrencyLimits(process, Gradient2Limit.newDefault());
    }

    @Override
    boolean admits(Turn turn) {
        Optional<Limiter.Listener> listener = limiter.acquire(null);
        turn.permit = listener.orElse(null);
        return listener.isPresent();
    }

    @Override
    void ended(Turn turn, Answer answer, long nanos) {
        if (!(turn.permit instanceof Limiter.Listener listener)) {
            throw new IllegalStateException("an attempt without a permit ended");
        }
        if (answer.isOk()) {
            listener.onSuccess();
        } else {
            listener.onDropped();
        }
    }

    @Override
    double delayAfterRefusal(Turn turn) {
        return turn.retries > RETRIES ? GIVE_UP : backoff(turn);
    }
}
