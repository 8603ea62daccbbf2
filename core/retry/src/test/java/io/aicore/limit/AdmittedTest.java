package io.aicore.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Disposable;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;
import reactor.util.context.Context;

/** The operators on admission: one permit, let go on every path; waiting is a state of the subscription (rows 23, 29, 36). */
class AdmittedTest {

    private final Crowd crowd = Crowd.standard();
    private final TestPublisher<String> source = TestPublisher.create();

    @Test
    void onSubscribeIsImmediateWhileItWaits() {
        crowd.limited(Duration.ofSeconds(2));
        AtomicInteger subscribed = new AtomicInteger();
        crowd.lane.protect(source.mono(), AdmittedTest::outcome).subscribe(new BaseSubscriber<String>() {
            @Override
            protected void hookOnSubscribe(Subscription subscription) {
                subscribed.incrementAndGet();
            }
        });
        assertThat(subscribed).hasValue(1);
        source.assertWasNotSubscribed();
    }

    @Test
    void aTimeoutEndsTheWait() {
        crowd.limited(Duration.ofSeconds(2));
        List<Throwable> errors = new ArrayList<>();
        crowd.lane
                .protect(source.mono(), AdmittedTest::outcome)
                .timeout(Duration.ofMillis(300), crowd.clock)
                .subscribe(value -> {}, errors::add);
        crowd.pass(300);
        assertThat(errors).singleElement().isInstanceOf(TimeoutException.class);
        assertLeft();
    }

    @Test
    void aCancelInTheWaitLeavesAndSendsNothing() {
        crowd.limited(Duration.ofSeconds(2));
        Disposable call =
                crowd.lane.protect(source.flux(), AdmittedTest::outcome).subscribe();
        call.dispose();
        crowd.pass(10_000);
        source.assertWasNotSubscribed();
        assertLeft();
    }

    @Test
    void aCallCancelledAsItBeginsLeavesAndSendsNothing() {
        crowd.lane.protect(source.mono(), AdmittedTest::outcome).subscribe(new CancelledAtOnce());
        source.assertWasNotSubscribed();
        assertLeft();
    }

    private static final class CancelledAtOnce extends BaseSubscriber<String> {
        @Override
        protected void hookOnSubscribe(Subscription subscription) {
            subscription.cancel();
        }
    }

    @Test
    void aSubscriberThatThrowsAsItBeginsLeavesAndSendsNothing() {
        List<Throwable> errors = new ArrayList<>();
        crowd.lane.protect(source.mono(), AdmittedTest::outcome).subscribe(new CoreSubscriber<>() {
            @Override
            public void onSubscribe(Subscription subscription) {
                throw new IllegalStateException("subscriber");
            }

            @Override
            public void onNext(String value) {}

            @Override
            public void onError(Throwable error) {
                errors.add(error);
            }

            @Override
            public void onComplete() {}
        });
        assertThat(errors).singleElement().isInstanceOf(IllegalStateException.class);
        source.assertWasNotSubscribed();
        assertLeft();
    }

    @Test
    void demandFromTheWaitReachesTheSource() {
        crowd.limited(Duration.ofSeconds(2));
        List<Integer> got = new ArrayList<>();
        BaseSubscriber<Integer> subscriber = new BaseSubscriber<>() {
            @Override
            protected void hookOnSubscribe(Subscription subscription) {
                subscription.request(2);
            }

            @Override
            protected void hookOnNext(Integer value) {
                got.add(value);
            }
        };
        crowd.lane.protect(Flux.range(1, 5), AdmittedTest::outcome).subscribe(subscriber);
        crowd.pass(3_000);
        assertThat(got).containsExactly(1, 2);
        subscriber.request(3);
        assertThat(got).containsExactly(1, 2, 3, 4, 5);
        assertLeft();
    }

    @Test
    void aValueIsASuccessAndTheEndReleases() {
        StepVerifier.create(crowd.lane.protect(Mono.just("answer"), AdmittedTest::outcome))
                .expectNext("answer")
                .verifyComplete();
        assertThat(crowd.circuit.metrics().calls()).isEqualTo(1);
        assertLeft();
    }

    /** Where the only place is given back between the look for one and the queue. */
    @Test
    void aPlaceThatBecomesFreeMeanwhileIsTakenThoughTheGateIsSwitchedOff() {
        Crowd places = new Crowd(AdmissionSettings.standard().enabled(false), ConcurrencySettings.fixed(1));
        List<AdmissionPermit> admitted = new ArrayList<>();
        List<Throwable> refused = new ArrayList<>();
        places.admission
                .queue()
                .enter(
                        places.lane,
                        AdmissionCall.create(),
                        false,
                        new AdmissionCallback() {
                            @Override
                            public void admitted(AdmissionPermit permit) {
                                admitted.add(permit);
                            }

                            @Override
                            public void rejected(Throwable why) {
                                refused.add(why);
                            }
                        },
                        places.now());
        assertThat(refused).isEmpty();
        assertThat(admitted).hasSize(1);
        admitted.get(0).release();
        assertThat(places.admission.snapshot().inFlight()).isZero();
        assertThat(places.admission.snapshot().waiting()).isZero();
    }

    /** As operators behind it do with a LinkageError, and nobody cancels then. */
    @Test
    void aSubscriberThatThrowsKeepsNoPlace() {
        crowd.lane
                .protect(source.mono(), AdmittedTest::outcome)
                .doOnNext(value -> {
                    throw new NoSuchMethodError("of another version");
                })
                .subscribe();
        assertThatThrownBy(() -> source.next("answer")).isInstanceOf(NoSuchMethodError.class);
        source.assertCancelled();
        assertLeft();
    }

    @Test
    void anErrorIsReadAndReleases() {
        StepVerifier.create(crowd.lane.protect(Mono.error(new IOException("reset")), AdmittedTest::outcome))
                .verifyErrorMessage("reset");
        assertThat(crowd.circuit.metrics().failureRate()).isEqualTo(1);
        assertLeft();
    }

    @Test
    void aStreamHoldsItsPlaceToItsEnd() {
        Disposable call =
                crowd.lane.protect(source.flux(), AdmittedTest::outcome).subscribe();
        source.next("first content");
        assertThat(crowd.admission.snapshot().inFlight()).isEqualTo(1);
        assertThat(crowd.circuit.metrics().pending()).isZero();
        call.dispose();
        source.assertCancelled();
        assertLeft();
    }

    @Test
    void anAttemptThatCannotBeMadeReleases() {
        Mono<String> broken = crowd.lane.protect(
                permit -> {
                    throw new IllegalStateException("no request");
                },
                AdmissionCall.create(),
                AdmittedTest::outcome);
        StepVerifier.create(broken).verifyErrorMessage("no request");
        assertLeft();
    }

    @Test
    void everySubscriptionIsACallOfItsOwn() {
        Mono<String> answer = crowd.lane.protect(Mono.just("answer"), AdmittedTest::outcome);
        answer.then(answer).block();
        assertThat(crowd.circuit.metrics().calls()).isEqualTo(2);
    }

    @Test
    void thePriorityOfTheContextDecides() {
        crowd.limited(Duration.ofSeconds(1));
        List<String> order = new ArrayList<>();
        for (Priority priority : List.of(Priority.BATCH, Priority.INTERACTIVE)) {
            crowd.lane
                    .protect(Mono.fromRunnable(() -> order.add(priority.name())), AdmittedTest::outcome)
                    .contextWrite(priority::in)
                    .subscribe();
        }
        crowd.pass(10_000);
        assertThat(order).containsExactly("INTERACTIVE", "BATCH");
    }

    @Test
    void theContextReachesTheAttempt() {
        crowd.limited(Duration.ofSeconds(1));
        List<String> seen = new ArrayList<>();
        crowd.lane
                .protect(Mono.deferContextual(context -> Mono.just(context.<String>get("key"))), AdmittedTest::outcome)
                .contextWrite(Context.of("key", "value"))
                .subscribe(seen::add);
        crowd.pass(2_000);
        assertThat(seen).containsExactly("value");
    }

    @Test
    void aStageIsAskedLastAndHearsTheOutcomeOnce() {
        List<AttemptOutcome> heard = new ArrayList<>();
        AtomicInteger asked = new AtomicInteger();
        AdmissionLane lane = crowd.admission.lane("staged", crowd.circuit, () -> {
            asked.incrementAndGet();
            return heard::add;
        });
        crowd.breakCircuit();
        AdmissionLane refusing = crowd.admission.lane("staged", crowd.circuit);
        assertThat(refusing).isSameAs(lane);
        lane.admit(AdmissionCall.create(), false, new AdmissionCallback() {
            @Override
            public void admitted(AdmissionPermit permit) {
                permit.end(AttemptOutcome.SUCCESS);
                permit.release();
            }

            @Override
            public void rejected(Throwable why) {}
        });
        assertThat(asked).hasValue(0);
        crowd.pass(3_010);
        assertThat(asked).hasValue(1);
        assertThat(heard).containsExactly(AttemptOutcome.SUCCESS);
    }

    @Test
    void aStageThatRefusesTakesNothing() {
        AdmissionLane lane = crowd.admission.lane("refusing", crowd.circuit, () -> {
            throw new IllegalStateException("credential is latched");
        });
        StepVerifier.create(lane.protect(source.mono(), AdmittedTest::outcome))
                .verifyErrorMessage("credential is latched");
        source.assertWasNotSubscribed();
        assertThat(crowd.circuit.metrics().pending()).isZero();
        assertLeft();
    }

    private static AttemptOutcome outcome(Throwable error) {
        return AttemptOutcome.of(CircuitBreaker.defaultOutcome(error));
    }

    private void assertLeft() {
        AdmissionSnapshot snapshot = crowd.admission.snapshot();
        assertThat(snapshot.inFlight()).isZero();
        assertThat(snapshot.waiting()).isZero();
    }
}
