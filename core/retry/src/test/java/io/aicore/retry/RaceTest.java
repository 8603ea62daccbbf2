package io.aicore.retry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

/** On real threads: many calls at once, and ends that race. */
class RaceTest {

    @Test
    void callsThatShareAnOperatorDoNotShareState() {
        Map<String, AtomicInteger> attempts = new ConcurrentHashMap<>();
        RetryOnFailure retry = RetryOnFailure.of(
                RetrySettings.defaults().initialDelay(Duration.ofNanos(1)).maxDelay(Duration.ofMillis(1)));
        Mono<String> source = Mono.deferContextual(context -> {
            Attempt attempt = Attempt.current(context);
            attempts.computeIfAbsent(attempt.callId(), id -> new AtomicInteger())
                    .incrementAndGet();
            return Mono.<String>error(Trial.reset()).subscribeOn(Schedulers.parallel());
        });
        Flux<Integer> made = Flux.range(0, 1000)
                .flatMap(
                        i -> retry.protect(source)
                                .map(value -> -1)
                                .onErrorResume(error -> Mono.just(
                                        RetryHistory.of(error).orElseThrow().attempts())),
                        100);
        StepVerifier.create(made.filter(count -> count == 4).count())
                .expectNext(1000L)
                .expectComplete()
                .verify(Duration.ofMinutes(3));
        assertThat(attempts)
                .hasSize(1000)
                .allSatisfy((id, count) -> assertThat(count).hasValue(4));
    }

    @RepeatedTest(10)
    void anAnswerThatRacesTheDeadlineEndsTheCallOnce() {
        AtomicInteger ends = new AtomicInteger();
        AtomicInteger results = new AtomicInteger();
        RetryOnFailure retry = RetryOnFailure.of(RetrySettings.defaults().deadline(Duration.ofMillis(2)))
                .listener(event -> {
                    if (event instanceof RetryEvent.Succeeded || event instanceof RetryEvent.GaveUp) {
                        ends.incrementAndGet();
                    }
                });
        Flux<Long> calls = Flux.range(0, 1000)
                .flatMap(
                        i -> retry.protect(Mono.delay(Duration.ofMillis(2)))
                                .onErrorResume(RetryDeadlineException.class, error -> Mono.just(-1L))
                                .doOnNext(value -> results.incrementAndGet()),
                        50);
        StepVerifier.create(calls.then()).expectComplete().verify(Duration.ofMinutes(3));
        assertThat(results).hasValue(1000);
        assertThat(ends).hasValue(1000);
    }
}
