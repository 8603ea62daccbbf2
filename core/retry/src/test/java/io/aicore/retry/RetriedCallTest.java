package io.aicore.retry;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SignalType;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;

/** The subscriber of a call: demand, ends that meet, and what a call that works costs. */
class RetriedCallTest {

    private static final long MOST_BYTES = 400;

    private final Trial trial = new Trial();

    @Test
    void anAttemptIsAskedForWhatTheCallerHasNotGot() {
        List<Long> asked = new ArrayList<>();
        AtomicInteger attempts = new AtomicInteger();
        Flux<String> stream = Flux.defer(() -> attempts.getAndIncrement() == 0
                        ? Flux.just("a").concatWith(Mono.error(Trial.reset()))
                        : Flux.just("b", "c", "d", "e"))
                .doOnRequest(asked::add);

        StepVerifier.create(trial.retry().protect(stream, element -> false), 3)
                .expectNext("a")
                .then(() -> trial.pass(1))
                .expectNext("b", "c")
                .thenRequest(1)
                .expectNext("d")
                .thenRequest(5)
                .expectNext("e")
                .verifyComplete();

        assertThat(asked).containsExactly(3L, 2L, 1L, 5L);
    }

    @Test
    void demandBetweenTwoAttemptsReachesTheSecond() {
        AtomicInteger attempts = new AtomicInteger();
        Flux<String> stream =
                Flux.defer(() -> attempts.getAndIncrement() == 0 ? Flux.error(Trial.reset()) : Flux.just("a", "b"));

        StepVerifier.create(trial.retry().protect(stream), 0)
                .expectSubscription()
                .thenRequest(1)
                .then(() -> trial.pass(1))
                .expectNext("a")
                .thenRequest(1)
                .expectNext("b")
                .verifyComplete();
    }

    @Test
    void anEndlessStreamStopsWhenItsCallerLeavesInMidElement() {
        Flux<Integer> endless = Flux.<Integer, Integer>generate(() -> 0, (n, sink) -> {
            sink.next(n);
            return n + 1;
        });

        assertThat(trial.run(trial.retry().protect(endless).take(3)).values).containsExactly(0, 1, 2);
    }

    @Test
    void demandAskedForOneByOneDoesNotGrowTheStack() {
        AtomicInteger got = new AtomicInteger();
        trial.retry().protect(Flux.range(0, 100_000)).subscribe(new BaseSubscriber<>() {
            @Override
            protected void hookOnSubscribe(Subscription subscription) {
                request(1);
            }

            @Override
            protected void hookOnNext(Integer value) {
                got.incrementAndGet();
                request(1);
            }
        });

        assertThat(got).hasValue(100_000);
    }

    @Test
    void theDeadlinesErrorWaitsForTheElementInDelivery() {
        List<String> seen = new ArrayList<>();
        RetryOnFailure retry = trial.retry(Trial.settings().deadline(Duration.ofSeconds(5)));
        Sinks.Many<String> stream = Sinks.many().unicast().onBackpressureBuffer();

        retry.protect(stream.asFlux())
                .subscribe(
                        element -> {
                            seen.add(element + " begins");
                            trial.pass(5);
                            seen.add(element + " ends");
                        },
                        error -> seen.add(error.getClass().getSimpleName()));
        stream.tryEmitNext("a");

        assertThat(seen).containsExactly("a begins", "a ends", "RetryDeadlineException");
        assertThat(stream.currentSubscriberCount()).isZero();
    }

    @Test
    void anElementThatComesWithinTheRequestForItIsNotLost() {
        RetryOnFailure retry = trial.retry(Trial.settings().deadline(Duration.ofSeconds(5)));
        AtomicReference<Subscription> running = new AtomicReference<>();
        AtomicInteger next = new AtomicInteger();
        List<Integer> got = new ArrayList<>();
        retry.protect(Flux.<Integer>from(subscriber -> subscriber.onSubscribe(new Subscription() {
                    @Override
                    public void request(long n) {
                        // The first request is answered later, by the test; the others within their call.
                        if (next.get() > 0 && next.get() < 4) {
                            subscriber.onNext(next.getAndIncrement());
                        } else {
                            running.set(this);
                            next.compareAndSet(0, 1);
                        }
                    }

                    @Override
                    public void cancel() {}
                })))
                .subscribe(new BaseSubscriber<>() {
                    @Override
                    protected void hookOnSubscribe(Subscription subscription) {
                        request(1);
                    }

                    @Override
                    protected void hookOnNext(Integer value) {
                        got.add(value);
                        request(1);
                    }
                });
        running.get().request(1);

        assertThat(got).containsExactly(1, 2, 3);
    }

    @Test
    void aDeadlineThatPassesAtOnceSendsNothing() {
        AtomicInteger sent = new AtomicInteger();
        RetryOnFailure retry = trial.silentRetry(Trial.settings().deadline(Duration.ofSeconds(5)))
                .scheduler(new AtOnce());

        Trial.Outcome<Integer> outcome = trial.run(retry.protect(Mono.fromCallable(sent::incrementAndGet)));

        assertThat(sent).hasValue(0);
        assertThat(outcome.error).isInstanceOf(RetryDeadlineException.class);
    }

    @Test
    void anAttemptThatSubscribesWhileTheDeadlinePassesIsCancelled() {
        RetryOnFailure retry = trial.silentRetry(Trial.settings().deadline(Duration.ofSeconds(5)));
        TestPublisher<String> late = TestPublisher.create();
        Flux<String> stream = Flux.from(subscriber -> {
            trial.pass(5);
            late.subscribe(subscriber);
        });

        Trial.Outcome<String> outcome = trial.run(retry.protect(stream));

        assertThat(outcome.error).isInstanceOf(RetryDeadlineException.class);
        late.assertCancelled();
    }

    @Test
    void aCallThatItsCallerLeavesAtOnceSendsNothing() {
        AtomicInteger sent = new AtomicInteger();
        trial.retry().protect(Mono.fromCallable(sent::incrementAndGet)).subscribe(new BaseSubscriber<>() {
            @Override
            protected void hookOnSubscribe(Subscription subscription) {
                cancel();
            }
        });

        assertThat(sent).hasValue(0);
        assertThat(trial.timers()).isZero();
    }

    @Test
    void anEmptyMonoCompletesEmpty() {
        AtomicReference<SignalType> end = new AtomicReference<>();
        assertThat(trial.run(trial.retry().protect(Mono.<String>empty()).doFinally(end::set)).completed)
                .isTrue();
        assertThat(end).hasValue(SignalType.ON_COMPLETE);
    }

    @Test
    void aCallThatWorksAllocatesLittle() {
        RetryOnFailure retry = RetryOnFailure.of(RetrySettings.defaults());
        Mono<String> call = retry.protect(Mono.just("fine"));
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 10; round++) {
            least = Math.min(least, bytesOfThousand(call) / 1000);
        }

        assertThat(least).isLessThan(MOST_BYTES);
    }

    private static long bytesOfThousand(Mono<String> call) {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < 1000; i++) {
            call.subscribe(new Ignoring());
        }
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    /** Runs each timer as it is set. */
    private static final class AtOnce implements Scheduler {
        @Override
        public Disposable schedule(Runnable task) {
            task.run();
            return Disposables.disposed();
        }

        @Override
        public Disposable schedule(Runnable task, long delay, TimeUnit unit) {
            return schedule(task);
        }

        @Override
        public Worker createWorker() {
            throw new UnsupportedOperationException();
        }
    }

    private static final class Ignoring implements reactor.core.CoreSubscriber<String> {
        @Override
        public void onSubscribe(Subscription s) {
            s.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(String value) {}

        @Override
        public void onError(Throwable error) {}

        @Override
        public void onComplete() {}
    }
}
