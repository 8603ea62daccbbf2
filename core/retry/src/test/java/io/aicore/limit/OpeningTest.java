package io.aicore.limit;

import static io.aicore.limit.Circuits.acquire;
import static io.aicore.limit.Circuits.fail;
import static io.aicore.limit.Circuits.succeed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** What opens a circuit, and what an open one says (rows 16 to 19). */
class OpeningTest {

    private final Circuits circuits = new Circuits();

    @Test
    void opensAtTheFailureRateWithTheMinimumOfCalls() {
        CircuitBreaker breaker = circuits.closedBreaker();
        succeed(breaker, 5);
        fail(breaker, 4);
        assertThat(breaker.state()).isEqualTo(CircuitState.CLOSED);
        fail(breaker, 1);
        assertThat(breaker.state()).isEqualTo(CircuitState.OPEN);
    }

    @Test
    void staysClosedBelowTheFailureRate() {
        CircuitBreaker breaker = circuits.closedBreaker();
        succeed(breaker, 51);
        fail(breaker, 49);
        assertThat(breaker.state()).isEqualTo(CircuitState.CLOSED);
        assertThat(breaker.metrics().failureRate()).isEqualTo(0.49);
        assertThat(breaker.metrics().calls()).isEqualTo(100);
    }

    @Test
    void staysClosedBelowTheMinimumOfCalls() {
        CircuitBreaker breaker = circuits.closedBreaker();
        fail(breaker, 9);
        assertThat(breaker.state()).isEqualTo(CircuitState.CLOSED);
    }

    @Test
    void forgetsFailuresThatLeftTheWindow() {
        CircuitBreaker breaker = circuits.closedBreaker();
        fail(breaker, 9);
        circuits.pass(Duration.ofSeconds(10));
        fail(breaker, 9);
        assertThat(breaker.state()).isEqualTo(CircuitState.CLOSED);
        assertThat(breaker.metrics().calls()).isEqualTo(9);
    }

    @Test
    void addsUpFailuresAcrossTheBucketsOfTheWindow() {
        CircuitBreaker breaker = circuits.closedBreaker();
        for (int second = 0; second < 9; second++) {
            fail(breaker, 1);
            circuits.pass(Duration.ofSeconds(1));
        }
        assertThat(breaker.state()).isEqualTo(CircuitState.CLOSED);
        fail(breaker, 1);
        assertThat(breaker.state()).isEqualTo(CircuitState.OPEN);
    }

    @Test
    void anAnswerThatProvesTheProviderIsUpIsACallThatDidNotFail() {
        CircuitBreaker breaker = circuits.closedBreaker();
        acquire(breaker, 11).forEach(Permit::alive);
        fail(breaker, 10);
        assertThat(breaker.state()).isEqualTo(CircuitState.CLOSED);
        assertThat(breaker.metrics().calls()).isEqualTo(21);
    }

    @Test
    void aCancelledCallCountsAsNothing() {
        CircuitBreaker breaker = circuits.closedBreaker();
        acquire(breaker, 100).forEach(Permit::ignore);
        assertThat(breaker.metrics().calls()).isZero();
        assertThat(breaker.metrics().pending()).isZero();
        fail(breaker, 10);
        assertThat(breaker.state()).isEqualTo(CircuitState.OPEN);
    }

    @Test
    void connectionFaultsAndTimeoutsCountUnlessToldOtherwise() {
        assertThat(CircuitBreaker.defaultOutcome(new ConnectException("refused")))
                .isEqualTo(Outcome.FAILURE);
        assertThat(CircuitBreaker.defaultOutcome(new TimeoutException())).isEqualTo(Outcome.FAILURE);
        assertThat(CircuitBreaker.defaultOutcome(new IllegalStateException(new IOException("reset"))))
                .isEqualTo(Outcome.FAILURE);
        assertThat(CircuitBreaker.defaultOutcome(new IllegalStateException("400")))
                .isEqualTo(Outcome.ALIVE);
    }

    @Test
    void aRefusalOfABreakerFurtherInCountsAsNothing() {
        CircuitBreaker open = circuits.openBreaker();
        Throwable refusal = catchThrowableOfType(CallNotPermittedException.class, open::tryAcquire);
        assertThat(CircuitBreaker.defaultOutcome(new IllegalStateException(refusal)))
                .isEqualTo(Outcome.IGNORED);
    }

    @Test
    void aCauseThatLoopsEndsTheSearch() {
        Exception outer = new Exception("outer");
        outer.initCause(new Exception("inner", outer));
        assertThat(CircuitBreaker.defaultOutcome(outer)).isEqualTo(Outcome.ALIVE);
    }

    @Test
    void anotherModelIsNotAffected() {
        CircuitBreakers breakers = CircuitBreakers.of(CircuitSettings.defaults());
        fail(breakers.get("host/sick"), 10);
        assertThat(breakers.get("host/sick").state()).isEqualTo(CircuitState.OPEN);
        assertThat(breakers.get("host/well").state()).isEqualTo(CircuitState.CLOSED);
    }

    @Test
    void anOpenCircuitSaysSinceWhenAndWhenTheNextProbeMayGo() {
        CircuitBreaker breaker = circuits.openBreaker();
        circuits.pass(Duration.ofMillis(500));
        CallNotPermittedException refusal = catchThrowableOfType(CallNotPermittedException.class, breaker::tryAcquire);
        assertThat(refusal.name()).isEqualTo("model");
        assertThat(refusal.state()).isEqualTo(CircuitState.OPEN);
        assertThat(refusal.since()).isEqualTo(Duration.ofMillis(500));
        assertThat(refusal.untilNextProbe()).isEqualTo(Duration.ofMillis(1500));
        assertThat(refusal).hasMessage("circuit 'model' is open, opened 0.5 s ago (next probe in 1.5 s)");
        assertThat(breaker.metrics().rejected()).isEqualTo(1);
    }

    @Test
    void aRefusalIsCheap() {
        CircuitBreaker breaker = circuits.openBreaker();
        assertThatThrownBy(breaker::tryAcquire)
                .satisfies(refusal -> assertThat(refusal.getStackTrace()).isEmpty());
    }

    @Test
    void openTimesDoubleWhileProbesFailUpToTheLongest() {
        CircuitBreaker breaker = circuits.openBreaker();
        for (int seconds : List.of(2, 4, 8, 10, 10)) {
            assertThat(breaker.untilPermitted()).isEqualTo(Duration.ofSeconds(seconds));
            circuits.pass(breaker.untilPermitted());
            breaker.tryAcquire().failure();
        }
    }

    @Test
    void openTimesStartAgainAfterAClose() {
        CircuitBreaker breaker = circuits.breakerDueForAProbe();
        breaker.tryAcquire().failure();
        circuits.pass(breaker.untilPermitted());
        breaker.tryAcquire().success();
        circuits.pass(Circuits.RAMP);
        fail(breaker, 10);
        assertThat(breaker.untilPermitted()).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void openTimesAreSpread() {
        circuits.random = 0;
        assertThat(circuits.openBreaker().untilPermitted()).isEqualTo(Duration.ofSeconds(1));
        circuits.random = Math.nextDown(1.0);
        assertThat(circuits.openBreaker().untilPermitted()).isBetween(Duration.ofMillis(2999), Duration.ofSeconds(3));
    }

    @Test
    void theSoftModeRefusesOnlyRetries() {
        CircuitBreaker breaker = circuits.with(s -> s.mode(CircuitMode.SOFT)).openBreaker();
        assertThatThrownBy(() -> breaker.tryAcquire(true)).isInstanceOf(CallNotPermittedException.class);
        assertThat(breaker.untilPermitted(true)).isEqualTo(Circuits.OPEN_TIME);
        assertThat(breaker.untilPermitted(false)).isZero();
        succeed(breaker, 3);
        assertThat(breaker.state()).isEqualTo(CircuitState.OPEN);
    }

    @Test
    void theSoftModeClosesByAProbeToo() {
        CircuitBreaker breaker = circuits.with(s -> s.mode(CircuitMode.SOFT)).breakerDueForAProbe();
        Permit probe = breaker.tryAcquire();
        assertThat(probe.isProbe()).isTrue();
        assertThat(breaker.tryAcquire().isProbe()).isFalse();
        probe.success();
        assertThat(breaker.state()).isEqualTo(CircuitState.CLOSED);
    }

    @Test
    void aDisabledCircuitLetsEverythingPassAndCountsNothing() {
        CircuitBreaker breaker = circuits.with(s -> s.enabled(false)).closedBreaker();
        fail(breaker, 1000);
        assertThat(breaker.state()).isEqualTo(CircuitState.CLOSED);
        assertThat(breaker.untilPermitted()).isZero();
        assertThat(breaker.metrics().calls()).isZero();
        assertThat(breaker.metrics().pending()).isZero();
    }
}
