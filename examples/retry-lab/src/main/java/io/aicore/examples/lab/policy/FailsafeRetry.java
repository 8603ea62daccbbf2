package io.aicore.examples.lab.policy;

import dev.failsafe.CircuitBreaker;
import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeExecutor;
import dev.failsafe.RetryPolicy;
import dev.failsafe.spi.Scheduler;
import io.aicore.examples.lab.call.Answer;
import io.aicore.examples.lab.call.Call;
import io.aicore.examples.lab.time.Seconds;
import io.aicore.examples.lab.time.VirtualScheduler;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Delayed;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;

/**
 * Failsafe's retry policy around its circuit breaker, the classes themselves, with three retries and full jitter; the breaker
 * opens when 50 of the last 100 calls failed, for a minute (Failsafe's default), and lets one call probe. Its clock cannot be set: a
 * timer of the laboratory half-opens it when its delay is over.
 */
final class FailsafeRetry implements Client {

    private static final int CALLS = 100;
    private static final Duration OPEN = Duration.ofMinutes(1);
    private static final Duration FOR_EVER = Duration.ofDays(365);

    private static final class Failed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Failed() {
            super("an attempt failed", null, false, false);
        }
    }

    private static final class Broken extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Broken() {
            super("the stream broke", null, false, false);
        }
    }

    private final FailsafeExecutor<Answer> failsafe;

    FailsafeRetry(ProcessContext process) {
        VirtualScheduler scheduler = process.scheduler();
        RetryPolicy<Answer> retries = RetryPolicy.<Answer>builder()
                .handle(Failed.class)
                .withMaxRetries(Backoffs.RETRIES)
                .withDelayFn(context ->
                        Duration.ofNanos(Seconds.nanos(process.random().nextDouble()
                                * Math.min(Backoffs.CAP, Backoffs.BASE * Math.pow(2, context.getAttemptCount())))))
                .build();
        AtomicReference<@Nullable CircuitBreaker<Answer>> self = new AtomicReference<>();
        CircuitBreaker<Answer> breaker = CircuitBreaker.<Answer>builder()
                .handle(Failed.class, Broken.class)
                .withFailureThreshold(CALLS / 2, CALLS)
                .withDelay(FOR_EVER)
                .onOpen(event -> scheduler.after(OPEN.toNanos(), () -> halfOpen(self.get())))
                .build();
        self.set(breaker);
        this.failsafe = Failsafe.with(retries, breaker).with(new OnVirtualTime(scheduler));
    }

    private static void halfOpen(@Nullable CircuitBreaker<Answer> breaker) {
        if (breaker != null) {
            breaker.halfOpen();
        }
    }

    @Override
    public void call(Call call) {
        CompletableFuture<Answer> result = failsafe.getStageAsync(() -> attempt(call));
        CompletableFuture<Answer> unused = result.whenComplete((answer, error) -> {
            if (error == null) {
                call.succeed();
            } else {
                call.fail();
            }
        });
    }

    private static CompletableFuture<Answer> attempt(Call call) {
        CompletableFuture<Answer> future = new CompletableFuture<>();
        if (call.left() <= 0) {
            future.completeExceptionally(new Broken());
            return future;
        }
        call.send(answer -> {
            if (answer.isOk()) {
                future.complete(answer);
            } else {
                future.completeExceptionally(answer.isFinal() ? new Broken() : new Failed());
            }
        });
        return future;
    }

    /** Failsafe's view of the laboratory's scheduler. */
    private record OnVirtualTime(VirtualScheduler scheduler) implements Scheduler {
        @Override
        public ScheduledFuture<?> schedule(Callable<?> callable, long delay, TimeUnit unit) {
            Task task = new Task(scheduler, callable);
            task.timer = scheduler.after(unit.toNanos(delay), task);
            return task;
        }
    }

    private static final class Task extends CompletableFuture<Object> implements ScheduledFuture<Object>, Runnable {

        private final VirtualScheduler scheduler;
        private final Callable<?> callable;
        private Disposable timer = () -> {};

        Task(VirtualScheduler scheduler, Callable<?> callable) {
            this.scheduler = scheduler;
            this.callable = callable;
        }

        @Override
        public void run() {
            try {
                complete(callable.call());
            } catch (Exception e) {
                completeExceptionally(e);
            }
        }

        @Override
        public boolean cancel(boolean mayInterruptIfRunning) {
            timer.dispose();
            return super.cancel(mayInterruptIfRunning);
        }

        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(-scheduler.now(), TimeUnit.NANOSECONDS);
        }

        @Override
        public int compareTo(Delayed other) {
            return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
        }
    }
}
