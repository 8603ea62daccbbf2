package io.aicore.limit;

import static io.aicore.limit.Circuits.fail;
import static io.aicore.limit.Circuits.succeed;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A circuit that opened by failures among successes: one failed probe does not say that the provider is down. */
class DoubtfulProbeTest {

    private final Circuits circuits = new Circuits();

    private CircuitBreaker openedAmongSuccesses() {
        CircuitBreaker breaker = circuits.closedBreaker();
        for (int i = 0; i < 5; i++) {
            succeed(breaker, 1);
            fail(breaker, 1);
        }
        assertThat(breaker.state()).isEqualTo(CircuitState.OPEN);
        circuits.pass(Circuits.OPEN_TIME);
        return breaker;
    }

    @Test
    void theThirdProbeThatFailsInARowOpensAgainForTwiceAsLong() {
        CircuitBreaker breaker = openedAmongSuccesses();
        for (int i = 0; i < 2; i++) {
            fail(breaker, 1);
            assertThat(breaker.state()).isEqualTo(CircuitState.HALF_OPEN);
            assertThat(breaker.untilPermitted()).isZero();
        }
        fail(breaker, 1);

        assertThat(breaker.state()).isEqualTo(CircuitState.OPEN);
        assertThat(breaker.untilPermitted()).isEqualTo(Circuits.OPEN_TIME.multipliedBy(2));
    }

    @Test
    void oneAtATime() {
        CircuitBreaker breaker = openedAmongSuccesses();
        fail(breaker, 1);
        breaker.tryAcquire();

        assertThat(Circuits.admits(breaker)).isFalse();
    }

    @Test
    void theSecondProbeMayClose() {
        CircuitBreaker breaker = openedAmongSuccesses();
        fail(breaker, 1);
        succeed(breaker, 1);

        assertThat(breaker.state()).isEqualTo(CircuitState.CLOSED);
    }

    @Test
    void onceOpenAgainOneFailedProbeDecides() {
        CircuitBreaker breaker = openedAmongSuccesses();
        for (int i = 0; i < 3; i++) {
            fail(breaker, 1);
        }
        circuits.pass(Circuits.OPEN_TIME.multipliedBy(2));
        fail(breaker, 1);

        assertThat(breaker.state()).isEqualTo(CircuitState.OPEN);
    }

    @Test
    void afterFailuresInARowOneFailedProbeDecides() {
        CircuitBreaker breaker = circuits.closedBreaker();
        succeed(breaker, 5);
        fail(breaker, 5);
        circuits.pass(Circuits.OPEN_TIME);
        fail(breaker, 1);

        assertThat(breaker.state()).isEqualTo(CircuitState.OPEN);
    }

    @Test
    void aSuccessOfAnEarlierSecondEndsTheRowToo() {
        CircuitBreaker breaker = circuits.closedBreaker();
        succeed(breaker, 4);
        fail(breaker, 2);
        circuits.pass(Duration.ofSeconds(1));
        succeed(breaker, 1);
        circuits.pass(Duration.ofSeconds(1));
        fail(breaker, 3);
        circuits.pass(Circuits.OPEN_TIME);
        fail(breaker, 1);

        assertThat(breaker.state()).isEqualTo(CircuitState.HALF_OPEN);
    }

    @Test
    void theNextCallThatWaitsIsTheNextProbeAtOnce() {
        Crowd crowd = Crowd.standard();
        for (int i = 0; i < 5; i++) {
            crowd.call();
            crowd.end(AttemptOutcome.SUCCESS);
            crowd.call();
            crowd.end(AttemptOutcome.of(Outcome.FAILURE));
        }
        crowd.admittedAt.clear();
        crowd.calls(2);
        crowd.pass(Duration.ofSeconds(4));
        assertThat(crowd.admittedAt).hasSize(1);
        crowd.end(AttemptOutcome.of(Outcome.FAILURE));
        crowd.pass(Duration.ofMillis(1));

        assertThat(crowd.admittedAt).hasSize(2);
    }
}
