package io.aicore.limit;

import static io.aicore.limit.CircuitState.CLOSED;
import static io.aicore.limit.CircuitState.HALF_OPEN;
import static io.aicore.limit.CircuitState.OPEN;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** The state as a Flux: what is, then what changes. */
class StatesTest {

    private final Circuits circuits = new Circuits();
    private final CircuitBreaker breaker = circuits.closedBreaker();

    @Test
    void tellsThePresentStateThenEachChange() {
        StepVerifier.create(breaker.states())
                .expectNext(CLOSED)
                .then(() -> Circuits.fail(breaker, 10))
                .expectNext(OPEN)
                .then(() -> circuits.pass(Circuits.OPEN_TIME))
                .then(() -> breaker.tryAcquire().success())
                .expectNext(HALF_OPEN, CLOSED)
                .thenCancel()
                .verify();
    }

    @Test
    void aLateListenerIsToldWhatIs() {
        Circuits.fail(breaker, 10);
        StepVerifier.create(breaker.states()).expectNext(OPEN).thenCancel().verify();
    }

    @Test
    void aSlowListenerIsToldTheLatest() {
        StepVerifier.create(breaker.states(), 1)
                .expectNext(CLOSED)
                .then(() -> {
                    Circuits.fail(breaker, 10);
                    circuits.pass(Circuits.OPEN_TIME);
                    breaker.tryAcquire();
                })
                .thenRequest(1)
                .expectNext(HALF_OPEN)
                .thenCancel()
                .verify();
    }

    @Test
    void anOpenCircuitStaysOpenUntilACallComes() {
        Circuits.fail(breaker, 10);
        circuits.pass(Circuits.OPEN_TIME.multipliedBy(10));
        assertThat(breaker.state()).isEqualTo(OPEN);
        assertThat(breaker.untilPermitted()).isZero();
    }

    @Test
    void virtualTimeDrivesACircuitCreatedBefore() {
        CircuitBreaker before = CircuitBreaker.of("model", CircuitSettings.defaults());
        Circuits.succeed(before, 100);
        StepVerifier.withVirtualTime(() -> Mono.fromRunnable(() -> Circuits.fail(before, 10))
                        .then(Mono.delay(Duration.ofSeconds(3)))
                        .then(before.protect(Mono.just("answer"))))
                .expectSubscription()
                .then(() -> assertThat(before.state()).isEqualTo(OPEN))
                .thenAwait(Duration.ofSeconds(3))
                .expectNext("answer")
                .verifyComplete();
        assertThat(before.state()).isEqualTo(CLOSED);
    }

    @Test
    void aListenerMayUseTheCircuit() {
        AtomicReference<CircuitState> heard = new AtomicReference<>();
        breaker.states().filter(OPEN::equals).subscribe(state -> {
            circuits.pass(Circuits.OPEN_TIME);
            breaker.tryAcquire().success();
        });
        breaker.states().subscribe(heard::set);
        Circuits.fail(breaker, 10);
        assertThat(heard).hasValue(CLOSED);
    }

    @Test
    void aListenerThatThrowsHoldsNobodyUp() {
        CoreSubscriber<CircuitState> unruly = new BaseSubscriber<>() {
            @Override
            protected void hookOnNext(CircuitState state) {
                if (state == OPEN) {
                    throw new IllegalStateException("listener");
                }
            }

            @Override
            protected void hookOnError(Throwable thrown) {
                throw new IllegalStateException("listener again", thrown);
            }
        };
        breaker.states().subscribe(unruly);
        Circuits.fail(breaker, 10);
        circuits.pass(Circuits.OPEN_TIME);
        breaker.tryAcquire().success();
        StepVerifier.create(breaker.states()).expectNext(CLOSED).thenCancel().verify();
    }
}
