package io.aicore.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.Disposable;
import reactor.core.Fuseable;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;
import reactor.util.context.Context;

/** A protected Mono or Flux is one attempt with one outcome, let go on every path (rows 23, 35, 36, 37). */
class ProtectTest {

    private final Circuits circuits = new Circuits();
    private final CircuitBreaker breaker = circuits.closedBreaker();
    private final TestPublisher<String> source = TestPublisher.create();

    @Test
    void aValueIsASuccess() {
        StepVerifier.create(breaker.protect(Mono.just("answer")))
                .expectNext("answer")
                .verifyComplete();
        assertCounted(1, 0);
    }

    @Test
    void anEmptyMonoShowsThatTheProviderIsAlive() {
        CircuitBreaker probed = circuits.breakerDueForAProbe();
        StepVerifier.create(probed.protect(Mono.empty())).verifyComplete();
        assertThat(probed.state()).isEqualTo(CircuitState.CLOSED);
    }

    @Test
    void anErrorIsReadByTheOutcomeFunction() {
        StepVerifier.create(breaker.protect(Mono.error(Circuits.reset()))).verifyErrorMessage("connection reset");
        assertCounted(1, 1);
        StepVerifier.create(breaker.protect(Mono.error(new IllegalStateException("400"))))
                .verifyErrorMessage("400");
        assertCounted(2, 1);
    }

    @Test
    void everySubscriptionIsAnAttempt() {
        Mono<String> protectedMono = breaker.protect(Mono.just("answer"));
        assertThat(breaker.metrics().calls()).isZero();
        protectedMono
                .then(protectedMono)
                .then(protectedMono)
                .as(StepVerifier::create)
                .expectNext("answer")
                .verifyComplete();
        assertCounted(3, 0);
    }

    @Test
    void anOpenCircuitIsAnErrorSignalAndTheSourceIsNotSubscribed() {
        CircuitBreaker open = circuits.openBreaker();
        Mono<String> refused = open.protect(source.mono());
        StepVerifier.create(refused).verifyError(CallNotPermittedException.class);
        source.assertWasNotSubscribed();
        StepVerifier.create(open.protect(source.flux())).verifyError(CallNotPermittedException.class);
        source.assertWasNotSubscribed();
    }

    @Test
    void cancelCountsAsNothingAndReachesTheSource() {
        Disposable call = breaker.protect(source.mono()).subscribe();
        assertThat(breaker.metrics().pending()).isEqualTo(1);
        call.dispose();
        source.assertCancelled();
        assertCounted(0, 0);
    }

    @Test
    void aTimeoutFurtherOutGivesTheProbesLeaseBack() {
        CircuitBreaker probed = circuits.breakerDueForAProbe();
        StepVerifier.withVirtualTime(() -> probed.protect(Mono.never()).timeout(Duration.ofSeconds(1)))
                .expectSubscription()
                .expectNoEvent(Duration.ofSeconds(1))
                .expectTimeout(Duration.ofSeconds(1));
        assertThat(probed.metrics().pending()).isZero();
        assertThat(probed.untilPermitted()).isZero();
    }

    @Test
    void aProbeCancelledAsItBeginsGivesItsLeaseBack() {
        CircuitBreaker probed = circuits.breakerDueForAProbe();
        probed.protect(source.mono()).subscribe(new BaseSubscriber<String>() {
            @Override
            protected void hookOnSubscribe(Subscription subscription) {
                subscription.cancel();
            }
        });
        source.assertWasNotSubscribed();
        assertThat(probed.metrics().pending()).isZero();
        assertThat(probed.untilPermitted()).isZero();
    }

    @Test
    void aCancelAfterTheAnswerChangesNothing() {
        StepVerifier.create(breaker.protect(Flux.just("a", "b", "c")), 1)
                .expectNext("a")
                .thenCancel()
                .verify();
        assertCounted(1, 0);
    }

    @Test
    void theFirstCommittingElementIsTheSuccess() {
        breaker.protect(source.flux(), text -> !text.isEmpty()).subscribe();
        source.next("");
        assertThat(breaker.metrics().calls()).isZero();
        assertThat(breaker.metrics().pending()).isEqualTo(1);
        source.next("token");
        assertCounted(1, 0);
    }

    @Test
    void elementsBeforeItEndTheWaitForTheFirstByte() {
        for (int i = 0; i < 10; i++) {
            TestPublisher<String> stream = TestPublisher.create();
            breaker.protect(stream.flux(), text -> !text.isEmpty()).subscribe();
            stream.next("");
        }
        circuits.pass(Duration.ofMinutes(1));
        assertThat(breaker.metrics().overdue()).isZero();
    }

    @Test
    void aStreamThatEndsWithoutCommittingShowsThatTheProviderIsAlive() {
        StepVerifier.create(breaker.protect(Flux.just("", ""), text -> !text.isEmpty()))
                .expectNextCount(2)
                .verifyComplete();
        assertCounted(1, 0);
    }

    @Test
    void aCommittedStreamBrokenByTheProviderIsAFailureOfItsOwn() {
        Flux<String> stream = Flux.just("token").concatWith(Mono.error(Circuits.reset()));
        StepVerifier.create(breaker.protect(stream)).expectNext("token").verifyErrorMessage("connection reset");
        assertCounted(2, 1);
    }

    @Test
    void aCommittedStreamThatEndsInAnErrorOfOursIsNot() {
        Flux<String> stream = Flux.just("token").concatWith(Mono.error(new IllegalStateException("decode")));
        StepVerifier.create(breaker.protect(stream)).expectNext("token").verifyErrorMessage("decode");
        assertCounted(1, 0);
    }

    @Test
    void demandPassesThrough() {
        List<Long> requests = new ArrayList<>();
        Flux<Integer> counted = Flux.range(1, 100).hide().doOnRequest(requests::add);
        StepVerifier.create(breaker.protect(counted), 2)
                .expectNext(1, 2)
                .thenRequest(3)
                .expectNext(3, 4, 5)
                .thenCancel()
                .verify();
        assertThat(requests).containsExactly(2L, 3L);
    }

    @Test
    void theSubscriberIsToldAtOnceThatItIsSubscribed() {
        Mono<String> silent = Mono.fromDirect(subscriber -> {});
        Disposable call = breaker.protect(silent).subscribe();
        call.dispose();
        assertCounted(0, 0);
    }

    @Test
    void aSubscriberThatCancelsAtOnceSendsNothing() {
        StepVerifier.create(breaker.protect(source.mono())).thenCancel().verify();
        assertCounted(0, 0);
    }

    @Test
    void aSubscribeThatThrowsReturnsThePermit() {
        Mono<String> throwing = Mono.fromDirect(subscriber -> {
            throw new IllegalStateException("no connection provider");
        });
        CircuitBreaker probed = circuits.breakerDueForAProbe();
        StepVerifier.create(probed.protect(throwing)).verifyErrorMessage("no connection provider");
        assertThat(probed.metrics().pending()).isZero();
        assertThat(probed.untilPermitted()).isZero();
    }

    @Test
    void anOutcomeFunctionThatThrowsNeverMasksTheFailure() {
        CircuitBreaker careless = CircuitBreaker.of(
                "model",
                circuits.settings,
                error -> {
                    throw new IllegalArgumentException("classifier");
                },
                circuits.clock,
                () -> 0.5);
        StepVerifier.create(careless.protect(Mono.error(Circuits.reset()))).verifyErrorSatisfies(error -> {
            assertThat(error).hasMessage("connection reset");
            assertThat(error.getSuppressed()).hasSize(1);
        });
        assertThat(careless.metrics().calls()).isZero();
        assertThat(careless.metrics().pending()).isZero();
    }

    @Test
    void aPredicateThatThrowsEndsTheStreamAndIsNoFailureOfTheProvider() {
        Flux<String> stream = breaker.protect(source.flux(), text -> {
            throw new IllegalStateException("predicate");
        });
        StepVerifier.create(stream).then(() -> source.next("token")).verifyErrorMessage("predicate");
        source.assertCancelled();
        assertCounted(1, 0);
    }

    @Test
    void theContextPassesThrough() {
        Mono<String> seen = Mono.deferContextual(context -> Mono.just(context.get("user")));
        StepVerifier.create(breaker.protect(seen).contextWrite(Context.of("user", "ada")))
                .expectNext("ada")
                .verifyComplete();
    }

    @Test
    void theSoftModeLearnsFromTheContextThatThisIsARetry() {
        CircuitBreaker soft = circuits.with(s -> s.mode(CircuitMode.SOFT)).openBreaker();
        Mono<String> attempt = soft.protect(Mono.just("answer"));
        StepVerifier.create(attempt).expectNext("answer").verifyComplete();
        StepVerifier.create(attempt.contextWrite(Context.of(CircuitBreaker.RETRY, true)))
                .verifyError(CallNotPermittedException.class);
    }

    @Test
    void aSourceThatBreaksTheRulesIsCountedOnce() {
        TestPublisher<String> unruly = TestPublisher.createNoncompliant(TestPublisher.Violation.CLEANUP_ON_TERMINATE);
        StepVerifier.create(breaker.protect(unruly.flux()))
                .then(() -> unruly.complete().error(Circuits.reset()).next("late"))
                .expectComplete()
                .verifyThenAssertThat()
                .hasDroppedErrors(1)
                .hasDropped("late");
        assertCounted(1, 0);
    }

    @Test
    void nothingIsFusedPastThePermit() {
        assertThat(breaker.protect(Flux.range(1, 3))).isNotInstanceOf(Fuseable.class);
        StepVerifier.create(breaker.protect(Flux.range(1, 3)).map(i -> i + 1))
                .expectNext(2, 3, 4)
                .verifyComplete();
        assertCounted(1, 0);
    }

    private void assertCounted(int calls, int failures) {
        assertThat(breaker.metrics().calls()).isEqualTo(calls);
        assertThat(Math.round(breaker.metrics().failureRate() * calls)).isEqualTo(failures);
        assertThat(breaker.metrics().pending()).isZero();
    }
}
