package io.aicore.retry;

import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.limit.CallNotPermittedException;
import io.aicore.limit.CircuitBreaker;
import io.aicore.limit.CircuitSettings;
import io.aicore.limit.CircuitState;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** A circuit that opens during a backoff is seen before the next attempt. */
class CircuitTest {

    private final Trial trial = new Trial();
    private final FakeCircuit circuit = new FakeCircuit();

    /** Closed until told otherwise. */
    private class FakeCircuit implements Circuit {
        final Sinks.Many<CircuitState> changes = Sinks.many().multicast().directBestEffort();
        CircuitState state = CircuitState.CLOSED;
        Duration permittedAt = Duration.ZERO;
        Duration maxWait = Duration.ofSeconds(10);
        int watchers;

        void opensUntil(Duration at) {
            state = CircuitState.OPEN;
            permittedAt = at;
        }

        void closes() {
            state = CircuitState.CLOSED;
            permittedAt = Duration.ZERO;
            changes.tryEmitNext(CircuitState.CLOSED);
        }

        @Override
        public String name() {
            return "orders";
        }

        @Override
        public CircuitState state() {
            return state;
        }

        @Override
        public Duration untilPermitted() {
            Duration left = permittedAt.minus(trial.elapsed());
            return left.isNegative() ? Duration.ZERO : left;
        }

        @Override
        public Duration maxWait() {
            return maxWait;
        }

        @Override
        public Flux<CircuitState> states() {
            return changes.asFlux()
                    .startWith(state)
                    .doOnSubscribe(s -> watchers++)
                    .doFinally(signal -> watchers--);
        }
    }

    private static CircuitBreaker openBreaker(Trial trial, Duration openTime) {
        CircuitSettings settings =
                CircuitSettings.defaults().minimumCalls(1).openTime(openTime).maxOpenTime(openTime);
        CircuitBreaker breaker = CircuitBreaker.of("real", settings, trial.time, () -> 0.5);
        breaker.protect(Mono.error(new IOException())).onErrorComplete().subscribe();
        assertThat(breaker.state()).isEqualTo(CircuitState.OPEN);
        return breaker;
    }

    @Test
    void anOpenCircuitIsWaitedForWhenItsProbeFits() {
        Trial.Outcome<String> outcome =
                trial.run(trial.retry().circuit(circuit).protect(trial.script(Trial.reset(), "fine")));
        circuit.opensUntil(Duration.ofSeconds(5));
        trial.pass(Duration.ofMillis(4999));
        assertThat(trial.attempts).hasSize(1);
        trial.pass(Duration.ofMillis(1));
        assertThat(outcome.values).containsExactly("fine");
        assertThat(trial.attempts.get(1).orElseThrow().waited()).isEqualTo(Duration.ofSeconds(5));
        assertThat(trial.attempts.get(1).orElseThrow().number()).isEqualTo(2);
        assertThat(trial.events(RetryEvent.WaitingForCircuit.class))
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.delay()).isEqualTo(Duration.ofSeconds(4));
                    assertThat(event.circuit()).isEqualTo("orders");
                });
    }

    @Test
    void aCircuitThatClosesWakesTheCallEarly() {
        Trial.Outcome<String> outcome =
                trial.run(trial.retry().circuit(circuit).protect(trial.script(Trial.reset(), "fine")));
        circuit.opensUntil(Duration.ofSeconds(9));
        trial.pass(3);
        assertThat(circuit.watchers).isEqualTo(1);
        circuit.closes();
        trial.pass(Duration.ofNanos(1));
        assertThat(outcome.values).containsExactly("fine");
        assertThat(circuit.watchers).isZero();
        assertThat(trial.timers()).isZero();
        assertThat(trial.events(RetryEvent.CircuitChanged.class))
                .extracting(RetryEvent.CircuitChanged::state)
                .containsExactly(CircuitState.OPEN, CircuitState.CLOSED);
    }

    @Test
    void aCircuitThatStaysOpenTooLongEndsTheCallWithTheLastFailure() {
        Throwable failure = Trial.reset();
        Trial.Outcome<String> outcome =
                trial.run(trial.retry().circuit(circuit).protect(trial.script(failure, "fine")));
        circuit.opensUntil(Duration.ofSeconds(12));
        trial.pass(1);
        assertThat(outcome.error).isSameAs(failure);
        assertThat(outcome.reason()).isEqualTo(GiveUpReason.CIRCUIT_OPEN);
        assertThat(outcome.history().why()).contains("circuit 'orders' is open");
        assertThat(trial.attempts).hasSize(1);
    }

    @Test
    void aProbePastTheDeadlineIsNotWaitedFor() {
        RetryOnFailure retry =
                trial.retry(Trial.settings().deadline(Duration.ofSeconds(10))).circuit(circuit);
        Trial.Outcome<String> outcome = trial.run(retry.protect(trial.script(Trial.reset(), "fine")));
        circuit.opensUntil(Duration.ofSeconds(10));
        trial.pass(1);
        assertThat(outcome.reason()).isEqualTo(GiveUpReason.CIRCUIT_OPEN);
    }

    @Test
    void aCircuitThatKeepsMovingItsProbeIsWaitedForNoLongerThanTenSeconds() {
        Trial.Outcome<String> outcome =
                trial.run(trial.retry().circuit(circuit).protect(trial.script(Trial.reset(), "fine")));
        circuit.opensUntil(Duration.ofSeconds(1).plusMillis(500));
        for (int tick = 0; tick < 300; tick++) {
            circuit.permittedAt = trial.elapsed().plusSeconds(1);
            trial.pass(Duration.ofMillis(900));
            if (!outcome.pending()) {
                break;
            }
        }
        assertThat(outcome.reason()).isEqualTo(GiveUpReason.CIRCUIT_OPEN);
        assertThat(outcome.history().elapsed()).isBetween(Duration.ofSeconds(10), Duration.ofSeconds(11));
    }

    @Test
    void allWaitsOfACallTogetherLastNoLongerThanTheLongestOne() {
        Throwable last = Trial.reset();
        RetryOnFailure retry = trial.retry(
                        Trial.settings().maxRetries(3).jitter(Jitter.none()).backoffFactor(1))
                .circuit(circuit);
        Trial.Outcome<String> outcome =
                trial.run(retry.protect(trial.script(Trial.reset(), Trial.reset(), last, "fine")));
        // Backoffs of 1 s, and then a wait of 4 s each: the third would make it 12.
        for (int second : new int[] {5, 10, 15}) {
            circuit.opensUntil(Duration.ofSeconds(second));
            trial.pass(5);
        }
        assertThat(outcome.error).isSameAs(last);
        assertThat(outcome.reason()).isEqualTo(GiveUpReason.CIRCUIT_OPEN);
        assertThat(trial.starts).containsExactly(Duration.ZERO, Duration.ofSeconds(5), Duration.ofSeconds(10));
        assertThat(outcome.history().elapsed()).isEqualTo(Duration.ofSeconds(11));
    }

    @Test
    void aRefusalsWaitCountsWithTheRest() {
        CircuitBreaker breaker = openBreaker(trial, Duration.ofSeconds(7));
        Mono<String> script = trial.script(Trial.reset(), "fine");
        Mono<String> attempt = Mono.deferContextual(context ->
                Attempt.current(context).number() == 1 ? Mono.error(Trial.reset()) : breaker.protect(script));
        Trial.Outcome<String> outcome =
                trial.run(trial.retry(Trial.settings().maxRetries(5)).protect(attempt));
        trial.pass(60);
        assertThat(outcome.reason()).isEqualTo(GiveUpReason.CIRCUIT_OPEN);
        assertThat(outcome.history().elapsed()).isBetween(Duration.ofSeconds(7), Duration.ofSeconds(12));
    }

    @Test
    void aCircuitThatMayNotBeWaitedForEndsTheCallAtOnce() {
        circuit.maxWait = Duration.ZERO;
        Trial.Outcome<String> outcome =
                trial.run(trial.retry().circuit(circuit).protect(trial.script(Trial.reset(), "fine")));
        circuit.opensUntil(Duration.ofSeconds(2));
        trial.pass(1);
        assertThat(outcome.reason()).isEqualTo(GiveUpReason.CIRCUIT_OPEN);
        assertThat(outcome.history().elapsed()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void cancelWhileWaitingForTheCircuitLetsGoOfTimerAndWatch() {
        Trial.Outcome<String> outcome =
                trial.run(trial.retry().circuit(circuit).protect(trial.script(Trial.reset(), "fine")));
        circuit.opensUntil(Duration.ofSeconds(9));
        trial.pass(3);
        outcome.subscription.dispose();
        assertThat(circuit.watchers).isZero();
        assertThat(trial.timers()).isZero();
        circuit.closes();
        trial.pass(60);
        assertThat(trial.attempts).hasSize(1);
    }

    @Test
    void aFirstAttemptRefusedByTheCircuitFailsAtOnce() {
        CircuitBreaker breaker = openBreaker(trial, Duration.ofSeconds(2));
        RetryOnFailure retry = trial.retry().circuitBreaker(breaker);
        Trial.Outcome<String> outcome = trial.run(retry.protect(breaker.protect(trial.script("never"))));
        assertThat(outcome.error).isInstanceOf(CallNotPermittedException.class);
        assertThat(outcome.reason()).isEqualTo(GiveUpReason.CIRCUIT_OPEN);
        assertThat(outcome.history().why()).startsWith("circuit 'real' is open");
        assertThat(trial.attempts).isEmpty();
    }

    @Test
    void aRetryRefusedByTheCircuitWaitsForItsProbeAndUsesUpNoRetry() {
        CircuitBreaker breaker = openBreaker(trial, Duration.ofSeconds(9));
        RetryOnFailure retry = trial.retry(Trial.settings().maxRetries(1));
        Throwable failure = Trial.reset();
        Mono<String> attempt = Mono.deferContextual(context ->
                Attempt.current(context).number() == 1 ? Mono.error(failure) : breaker.protect(trial.script("fine")));
        Trial.Outcome<String> outcome = trial.run(retry.protect(attempt));
        trial.pass(8);
        assertThat(outcome.pending()).isTrue();
        trial.pass(1);
        assertThat(outcome.values).containsExactly("fine");
        assertThat(trial.attempts).singleElement().satisfies(seen -> {
            assertThat(seen.orElseThrow().number()).isEqualTo(2);
            assertThat(seen.orElseThrow().failures()).hasSize(1);
        });
    }

    @Test
    void aRetryRefusedForTooLongEndsWithTheLastRealFailure() {
        CircuitBreaker breaker = openBreaker(trial, Duration.ofMinutes(5));
        Throwable failure = Trial.reset();
        Mono<String> attempt = Mono.deferContextual(context ->
                Attempt.current(context).number() == 1 ? Mono.error(failure) : breaker.protect(trial.script("fine")));
        Trial.Outcome<String> outcome = trial.finish(trial.retry().protect(attempt));
        assertThat(outcome.error).isSameAs(failure);
        assertThat(outcome.reason()).isEqualTo(GiveUpReason.CIRCUIT_OPEN);
        assertThat(trial.attempts).isEmpty();
    }

    @Test
    void aCallWhoseOwnFailureOpensTheCircuitIsTheProbe() {
        CircuitSettings settings = CircuitSettings.defaults().minimumCalls(1).openTime(Duration.ofSeconds(4));
        CircuitBreaker breaker = CircuitBreaker.of("real", settings, trial.time, () -> 0.5);
        RetryOnFailure retry = trial.retry().circuitBreaker(breaker);
        Trial.Outcome<String> outcome = trial.run(retry.protect(breaker.protect(trial.script(Trial.reset(), "fine"))));
        assertThat(breaker.state()).isEqualTo(CircuitState.OPEN);
        trial.pass(4);
        assertThat(outcome.values).containsExactly("fine");
        assertThat(trial.starts.get(1)).isEqualTo(Duration.ofSeconds(4));
        assertThat(breaker.state()).isEqualTo(CircuitState.CLOSED);
    }

    @Test
    void aCircuitThatRefusesForEverThoughItSaysOtherwiseDoesNotSpin() {
        CircuitBreaker breaker = openBreaker(trial, Duration.ofMinutes(5));
        Mono<String> attempt = Mono.deferContextual(context -> {
            trial.attempts.add(Attempt.from(context));
            return Attempt.current(context).number() == 1
                    ? Mono.error(Trial.reset())
                    : breaker.protect(Mono.just("never"));
        });
        circuit.maxWait = Duration.ofSeconds(301);
        RetryOnFailure retry = trial.retry().circuit(circuit);
        Trial.Outcome<String> outcome = trial.finish(retry.protect(attempt));
        assertThat(outcome.values).containsExactly("never");
        assertThat(trial.attempts).hasSize(3);
    }

    @Test
    void aRetryRefusedWhileTheCircuitRampsUpTriesAgainALittleLater() {
        CircuitSettings settings = CircuitSettings.defaults()
                .minimumCalls(1)
                .openTime(Duration.ofSeconds(1))
                .ramp(Duration.ofSeconds(8));
        CircuitBreaker breaker = CircuitBreaker.of("real", settings, trial.time, () -> 0.9);
        breaker.protect(Mono.error(new IOException())).onErrorComplete().subscribe();
        trial.pass(2);
        breaker.protect(Mono.just("probe")).subscribe();
        assertThat(breaker.state()).isEqualTo(CircuitState.CLOSED);
        breaker.protect(Mono.never()).subscribe();
        Mono<String> attempt =
                Mono.deferContextual(context -> Attempt.current(context).number() == 1
                        ? Mono.error(Trial.reset())
                        : breaker.protect(trial.script("fine")));
        Trial.Outcome<String> outcome =
                trial.run(trial.retry().circuitBreaker(breaker).protect(attempt));
        trial.pass(1);
        assertThat(outcome.pending()).isTrue();
        trial.pass(8);
        assertThat(outcome.values).containsExactly("fine");
        assertThat(trial.attempts.get(0).orElseThrow().number()).isEqualTo(2);
    }

    @Test
    void aBreakerThatThrowsDoesNotHideTheFailure() {
        IllegalStateException thrown = new IllegalStateException("bug");
        Throwable failure = Trial.reset();
        Circuit broken = new FakeCircuit() {
            @Override
            public Duration untilPermitted() {
                throw thrown;
            }
        };
        Trial.Outcome<String> outcome =
                trial.finish(trial.retry().circuit(broken).protect(trial.script(failure, "fine")));
        assertThat(outcome.error).isSameAs(failure);
        assertThat(failure.getSuppressed()).contains(thrown);
        assertThat(outcome.reason()).isEqualTo(GiveUpReason.NOT_RETRYABLE);
    }

    @Test
    void giveUpOnHoldsForTheCircuitToo() {
        CircuitBreaker breaker = openBreaker(trial, Duration.ofSeconds(2));
        RetryOnFailure retry = trial.retry().giveUpOn(CallNotPermittedException.class);
        Mono<String> attempt =
                Mono.deferContextual(context -> Attempt.current(context).number() == 1
                        ? Mono.error(Trial.reset())
                        : breaker.protect(trial.script("fine")));
        Trial.Outcome<String> outcome = trial.finish(retry.protect(attempt));
        assertThat(outcome.reason()).isEqualTo(GiveUpReason.NOT_RETRYABLE);
    }
}
