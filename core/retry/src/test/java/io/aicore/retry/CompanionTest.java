package io.aicore.retry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;
import reactor.util.context.ContextView;
import reactor.util.retry.Retry;

/** The companion by itself, and how it meets Reactor's operator. */
class CompanionTest {

    private static final RetryOnFailure RETRY =
            RetryOnFailure.of(RetrySettings.defaults()).random(() -> 0.5);

    private static Retry.RetrySignal signal(long retries, Throwable failure) {
        return new Retry.RetrySignal() {
            @Override
            public long totalRetries() {
                return retries;
            }

            @Override
            public long totalRetriesInARow() {
                return retries;
            }

            @Override
            public Throwable failure() {
                return failure;
            }
        };
    }

    @Test
    void answersEachFailureAfterItsDelay() {
        TestPublisher<Retry.RetrySignal> failures = TestPublisher.create();
        StepVerifier.withVirtualTime(() -> Flux.from(RETRY.generateCompanion(failures.flux())))
                .expectSubscription()
                .then(() -> failures.next(signal(0, Trial.reset())))
                .expectNoEvent(Duration.ofSeconds(1).minusNanos(1))
                .thenAwait(Duration.ofNanos(1))
                .assertNext(answer -> assertThat(
                                Attempt.current((ContextView) answer).number())
                        .isEqualTo(2))
                .then(() -> failures.next(signal(1, Trial.reset())))
                .expectNoEvent(Duration.ofSeconds(2).minusNanos(1))
                .thenAwait(Duration.ofNanos(1))
                .assertNext(answer -> assertThat(
                                Attempt.current((ContextView) answer).number())
                        .isEqualTo(3))
                .then(() -> failures.next(signal(2, new IllegalStateException("bug"))))
                .verifyErrorMessage("bug");
    }

    @Test
    void neverCompletesEmpty() {
        StepVerifier.withVirtualTime(() -> Flux.from(RETRY.generateCompanion(Flux.empty())))
                .expectSubscription()
                .expectNoEvent(Duration.ofDays(1))
                .thenCancel()
                .verify();
    }

    @Test
    void theDefaultSchedulerIsLookedUpAtSubscription() {
        AtomicInteger attempts = new AtomicInteger();
        Mono<String> call = RETRY.protect(
                Mono.defer(() -> attempts.getAndIncrement() < 2 ? Mono.error(Trial.reset()) : Mono.just("fine")));
        StepVerifier.withVirtualTime(() -> call)
                .expectSubscription()
                .expectNoEvent(Duration.ofSeconds(3).minusNanos(1))
                .thenAwait(Duration.ofNanos(1))
                .expectNext("fine")
                .verifyComplete();
    }

    @Test
    void aHundredThousandImmediateRetriesNeedNoStack() {
        RetrySettings settings = RetrySettings.defaults().maxRetries(100_000).initialDelay(Duration.ZERO);
        AtomicInteger attempts = new AtomicInteger();
        IOException failure = new IOException("always");
        Mono<String> call = RetryOnFailure.of(settings).protect(Mono.defer(() -> {
            attempts.incrementAndGet();
            return Mono.error(failure);
        }));
        StepVerifier.create(call)
                .verifyErrorSatisfies(error -> assertThat(error).isSameAs(failure));
        assertThat(attempts).hasValue(100_001);
    }

    /** A wait that is over before the failing thread has let go of it: the timer is quicker there. */
    @Test
    void afterAWaitTheAttemptResumesOnTheInjectedScheduler() {
        Scheduler timer = Schedulers.newSingle("retry-timer");
        try {
            RetrySettings settings = RetrySettings.defaults().initialDelay(Duration.ofNanos(1_000));
            RetryOnFailure retry = RetryOnFailure.of(settings).scheduler(timer);
            for (int call = 0; call < 200; call++) {
                List<String> threads = new CopyOnWriteArrayList<>();
                Mono<String> source = Mono.defer(() -> {
                    threads.add(Thread.currentThread().getName());
                    return threads.size() == 1 ? Mono.<String>error(Trial.reset()) : Mono.just("fine");
                });
                StepVerifier.create(retry.protect(source))
                        .expectNext("fine")
                        .expectComplete()
                        .verify(Duration.ofMinutes(3));
                assertThat(threads.get(1)).startsWith("retry-timer");
            }
        } finally {
            timer.dispose();
        }
    }

    @Test
    void aSourceThatThrowsOnSubscribeIsAFailureLikeAnyOther() {
        Trial trial = new Trial();
        AtomicInteger attempts = new AtomicInteger();
        Mono<String> call = Mono.defer(() -> {
            attempts.incrementAndGet();
            throw new java.io.UncheckedIOException(Trial.reset());
        });
        trial.finish(trial.retry().protect(call));
        assertThat(attempts).hasValue(4);
    }

    @Test
    void settingsOfARunningCallStayAsTheyWere() {
        Trial trial = new Trial();
        RetryOnFailure one = trial.retry(Trial.settings().maxRetries(1));
        RetryOnFailure none = one.settings(Trial.settings().maxRetries(0));
        trial.finish(one.protect(trial.script(Trial.reset())));
        assertThat(trial.attempts).hasSize(2);
        trial.finish(none.protect(trial.script(Trial.reset())));
        assertThat(trial.attempts).hasSize(3);
        assertThat(one.settings().maxRetries()).isEqualTo(1);
    }
}
