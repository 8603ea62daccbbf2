package io.aicore.retry;

import java.time.Duration;
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

/** A call under a deadline on a clock that stands still, with what its source hears and what its caller gets. */
final class RacedCall implements CoreSubscriber<String>, Scheduler {

    private static final RetrySettings SETTINGS =
            RetrySettings.defaults().maxRetries(0).deadline(Duration.ofMinutes(1));

    final AtomicInteger values = new AtomicInteger();
    final AtomicInteger ends = new AtomicInteger();
    final AtomicLong demand = new AtomicLong();
    final AtomicInteger cancels = new AtomicInteger();
    volatile Subscription subscription;
    private volatile CoreSubscriber<? super String> source;

    private final class Source implements Subscription {
        @Override
        public void request(long n) {
            demand.addAndGet(n);
        }

        @Override
        public void cancel() {
            cancels.incrementAndGet();
        }
    }

    static RacedCall value() {
        RacedCall call = new RacedCall();
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
        RacedCall call = new RacedCall();
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
        return RetryOnFailure.of(SETTINGS).scheduler(this);
    }

    private void begins(CoreSubscriber<? super String> actual) {
        source = actual;
        actual.onSubscribe(new Source());
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
        values.incrementAndGet();
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

    /** The race plays the timer. */
    @Override
    public Disposable schedule(Runnable task, long delay, TimeUnit unit) {
        return Disposables.single();
    }

    @Override
    public Worker createWorker() {
        throw new UnsupportedOperationException("no retry");
    }
}
