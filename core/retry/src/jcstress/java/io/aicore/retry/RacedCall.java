package io.aicore.retry;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** A call under a deadline on a clock that stands still, with what its source hears and what its caller gets. */
final class RacedCall implements CoreSubscriber<String>, Scheduler {

    private static final RetrySettings ONE_ATTEMPT =
            RetrySettings.defaults().maxRetries(0).deadline(Duration.ofMinutes(1));

    private static final Duration BACKOFF = Duration.ofSeconds(1);
    private static final RetrySettings TWO_ATTEMPTS =
            ONE_ATTEMPT.maxRetries(1).initialDelay(BACKOFF).jitter(Jitter.none());

    final AtomicInteger values = new AtomicInteger();
    final AtomicInteger ends = new AtomicInteger();
    final AtomicInteger cancels = new AtomicInteger();

    /** Elements that came when the end had, or while it came. */
    final AtomicInteger overlaps = new AtomicInteger();

    /** Of the attempt in flight. */
    volatile AtomicLong demand = new AtomicLong();

    volatile Subscription subscription;
    private final Queue<Runnable> timers = new ConcurrentLinkedQueue<>();
    private final RetrySettings settings;
    private volatile CoreSubscriber<? super String> source;

    private RacedCall(RetrySettings settings) {
        this.settings = settings;
    }

    private final class Source implements Subscription {
        private final AtomicLong demanded = new AtomicLong();

        @Override
        public void request(long n) {
            demanded.addAndGet(n);
        }

        @Override
        public void cancel() {
            cancels.incrementAndGet();
        }
    }

    static RacedCall value() {
        RacedCall call = new RacedCall(ONE_ATTEMPT);
        call.retry()
                .protect(new Mono<String>() {
                    @Override
                    public void subscribe(CoreSubscriber<? super String> actual) {
                        call.begins(actual);
                    }
                })
                .subscribe(call);
        return call;
    }

    static RacedCall stream() {
        return stream(ONE_ATTEMPT);
    }

    /** Its first failure is followed by the second attempt at once. */
    static RacedCall retriedStream() {
        return stream(TWO_ATTEMPTS);
    }

    private static RacedCall stream(RetrySettings settings) {
        RacedCall call = new RacedCall(settings);
        call.retry()
                .protect(new Flux<String>() {
                    @Override
                    public void subscribe(CoreSubscriber<? super String> actual) {
                        call.begins(actual);
                    }
                })
                .subscribe(call);
        return call;
    }

    private RetryOnFailure retry() {
        return RetryOnFailure.of(settings).retryOn(IllegalStateException.class).scheduler(this);
    }

    private void begins(CoreSubscriber<? super String> actual) {
        source = actual;
        Source begun = new Source();
        demand = begun.demanded;
        actual.onSubscribe(begun);
    }

    void answers() {
        source.onNext("answer");
        source.onComplete();
    }

    void emits() {
        source.onNext("element");
    }

    void fails() {
        source.onError(new IllegalStateException("failed"));
    }

    /** What the deadline's timer does. */
    void deadlinePasses() {
        ((Runnable) subscription).run();
    }

    void isCancelled() {
        subscription.cancel();
    }

    @Override
    public void onSubscribe(Subscription s) {
        subscription = s;
        s.request(1);
    }

    @Override
    public void onNext(String value) {
        int before = ends.get();
        values.incrementAndGet();
        if (before > 0 || ends.get() > 0) {
            overlaps.incrementAndGet();
        }
    }

    @Override
    public void onError(Throwable error) {
        ends.incrementAndGet();
    }

    @Override
    public void onComplete() {
        ends.incrementAndGet();
    }

    @Override
    public long now(TimeUnit unit) {
        return 0;
    }

    @Override
    public Disposable schedule(Runnable task) {
        task.run();
        return Disposables.disposed();
    }

    /** A backoff is over at once; the race plays the deadline's timer; the others wait for {@link #timersEnd()}. */
    @Override
    public Disposable schedule(Runnable task, long delay, TimeUnit unit) {
        if (unit.toNanos(delay) == BACKOFF.toNanos()) {
            return schedule(task);
        }
        timers.add(task);
        return Disposables.single();
    }

    /** The timers that are set now. */
    void timersEnd() {
        for (int left = timers.size(); left > 0; left--) {
            timers.remove().run();
        }
    }

    @Override
    public Worker createWorker() {
        return Schedulers.immediate().createWorker();
    }
}
