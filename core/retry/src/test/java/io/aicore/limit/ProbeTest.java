package io.aicore.limit;

import static io.aicore.limit.Circuits.LEASE;
import static io.aicore.limit.Circuits.acquire;
import static io.aicore.limit.Circuits.admits;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Half-open: one leased probe, a real call (row 20). */
class ProbeTest {

    private final Circuits circuits = new Circuits();

    @Test
    void theFirstCallAfterTheOpenTimeIsTheProbe() {
        CircuitBreaker breaker = circuits.openBreaker();
        circuits.pass(Circuits.OPEN_TIME.minusNanos(1));
        assertThat(admits(breaker)).isFalse();
        circuits.pass(Duration.ofNanos(1));
        assertThat(breaker.tryAcquire().isProbe()).isTrue();
        assertThat(breaker.state()).isEqualTo(CircuitState.HALF_OPEN);
    }

    @Test
    void onlyOneCallIsLetThroughWhileItIsUnderWay() {
        CircuitBreaker breaker = circuits.breakerDueForAProbe();
        acquire(breaker, 1);
        circuits.pass(Duration.ofSeconds(1));
        CallNotPermittedException refusal = catchThrowableOfType(CallNotPermittedException.class, breaker::tryAcquire);
        assertThat(refusal.state()).isEqualTo(CircuitState.HALF_OPEN);
        assertThat(refusal.since()).isEqualTo(Circuits.OPEN_TIME.plusSeconds(1));
        assertThat(refusal.untilNextProbe()).isEqualTo(LEASE.minusSeconds(1));
        assertThat(refusal)
                .hasMessage("circuit 'model' is half-open, opened 3 s ago: a probe is in flight"
                        + " (next one in at most 4 s)");
    }

    @Test
    void aSuccessfulProbeCloses() {
        CircuitBreaker breaker = circuits.breakerDueForAProbe();
        breaker.tryAcquire().success();
        assertThat(breaker.state()).isEqualTo(CircuitState.CLOSED);
    }

    @Test
    void aProbeAnsweredWithAClientErrorProvesLivenessAndCloses() {
        CircuitBreaker breaker = circuits.breakerDueForAProbe();
        breaker.tryAcquire().alive();
        assertThat(breaker.state()).isEqualTo(CircuitState.CLOSED);
    }

    @Test
    void aSignOfLifeEndsTheLeaseAndTheNextCallMayProbeToo() {
        CircuitBreaker breaker = circuits.breakerDueForAProbe();
        Permit probe = breaker.tryAcquire();
        probe.firstByte();
        assertThat(breaker.state()).isEqualTo(CircuitState.HALF_OPEN);
        assertThat(breaker.untilPermitted()).isZero();
        Permit next = breaker.tryAcquire();
        assertThat(next.isProbe()).isTrue();
        assertThat(admits(breaker)).isFalse();
        probe.success();
        assertThat(breaker.state()).isEqualTo(CircuitState.CLOSED);
    }

    @Test
    void aProbeThatFailsAfterItsSignOfLifeStillOpensWhileNobodyElseProbes() {
        CircuitBreaker breaker = circuits.breakerDueForAProbe();
        Permit probe = breaker.tryAcquire();
        probe.firstByte();
        probe.failure();
        assertThat(breaker.state()).isEqualTo(CircuitState.OPEN);
    }

    @Test
    void aProbeThatIsRightlySilentKeepsItsLease() {
        CircuitBreaker breaker = circuits.breakerDueForAProbe();
        Permit probe = breaker.tryAcquire();
        probe.expectSilence(Duration.ofMinutes(5));
        circuits.pass(Duration.ofMinutes(5).minusNanos(1));
        assertThat(admits(breaker)).isFalse();
        circuits.pass(Duration.ofNanos(1));
        assertThat(admits(breaker)).isTrue();
    }

    @Test
    void anExpectedSilenceMakesNoLeaseShorterAndEndsWithTheFirstByte() {
        CircuitBreaker breaker = circuits.breakerDueForAProbe();
        Permit probe = breaker.tryAcquire();
        probe.expectSilence(Duration.ofMillis(1));
        assertThat(breaker.untilPermitted()).isEqualTo(LEASE);
        probe.expectSilence(Duration.ofMinutes(5));
        probe.firstByte();
        assertThat(breaker.untilPermitted()).isZero();
    }

    @Test
    void aFailedProbeOpensAgain() {
        CircuitBreaker breaker = circuits.breakerDueForAProbe();
        breaker.tryAcquire().failure();
        assertThat(breaker.state()).isEqualTo(CircuitState.OPEN);
        assertThat(admits(breaker)).isFalse();
    }

    @Test
    void aCancelledProbeGivesItsLeaseBack() {
        CircuitBreaker breaker = circuits.breakerDueForAProbe();
        breaker.tryAcquire().ignore();
        assertThat(breaker.state()).isEqualTo(CircuitState.HALF_OPEN);
        assertThat(breaker.untilPermitted()).isZero();
        breaker.tryAcquire().success();
        assertThat(breaker.state()).isEqualTo(CircuitState.CLOSED);
    }

    @Test
    void cancellingTheSameProbeTwiceGivesBackOneLease() {
        CircuitBreaker breaker = circuits.breakerDueForAProbe();
        Permit probe = breaker.tryAcquire();
        assertThat(probe.ignore()).isTrue();
        acquire(breaker, 1);
        assertThat(probe.ignore()).isFalse();
        assertThat(admits(breaker)).isFalse();
    }

    @Test
    void anExpiredLeasePassesToTheNextCall() {
        CircuitBreaker breaker = circuits.breakerDueForAProbe();
        Permit lost = breaker.tryAcquire();
        circuits.pass(LEASE.minusNanos(1));
        assertThat(admits(breaker)).isFalse();
        circuits.pass(Duration.ofNanos(1));
        Permit next = breaker.tryAcquire();
        assertThat(next.isProbe()).isTrue();
        assertThat(lost.isStale()).isTrue();
        assertThat(next.isStale()).isFalse();
    }

    @Test
    void theFailureOfAProbeThatLostItsLeaseDecidesNothing() {
        CircuitBreaker breaker = circuits.breakerDueForAProbe();
        Permit lost = breaker.tryAcquire();
        circuits.pass(LEASE);
        Permit next = breaker.tryAcquire();
        lost.failure();
        assertThat(breaker.state()).isEqualTo(CircuitState.HALF_OPEN);
        assertThat(breaker.metrics().stale()).isEqualTo(1);
        next.failure();
        assertThat(breaker.state()).isEqualTo(CircuitState.OPEN);
    }

    @Test
    void aProviderSlowerThanTheLeaseIsLetBackIn() {
        CircuitBreaker breaker = circuits.breakerDueForAProbe();
        Permit slow = breaker.tryAcquire();
        for (int i = 0; i < 4; i++) {
            circuits.pass(LEASE);
            breaker.tryAcquire();
        }
        slow.success();
        assertThat(breaker.state()).isEqualTo(CircuitState.CLOSED);
    }

    @Test
    void aLateProbeStillDecidesWhenNobodyTookItsLease() {
        CircuitBreaker breaker = circuits.breakerDueForAProbe();
        Permit late = breaker.tryAcquire();
        circuits.pass(Duration.ofHours(1));
        late.success();
        assertThat(breaker.state()).isEqualTo(CircuitState.CLOSED);
    }

    @Test
    void theLeaseIsTwiceTheUsualTimeToFirstByte() {
        CircuitBreaker breaker = circuits.closedBreaker();
        List<Permit> slow = acquire(breaker, 100);
        circuits.pass(Duration.ofSeconds(7));
        slow.forEach(Permit::success);
        circuits.pass(Duration.ofSeconds(20));
        Circuits.fail(breaker, 10);
        circuits.pass(Circuits.OPEN_TIME);
        acquire(breaker, 1);
        // the estimate is up to a quarter high
        assertThat(breaker.untilPermitted()).isBetween(Duration.ofSeconds(14), Duration.ofMillis(17_500));
    }

    @Test
    void aLeaseIsNeverLongerThanItsLimit() {
        CircuitBreaker breaker = circuits.closedBreaker();
        List<Permit> slow = acquire(breaker, 1);
        circuits.pass(Duration.ofMinutes(3));
        slow.forEach(Permit::success);
        circuits.pass(Duration.ofSeconds(20));
        Circuits.fail(breaker, 10);
        circuits.pass(Circuits.OPEN_TIME);
        acquire(breaker, 1);
        assertThat(breaker.untilPermitted()).isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void severalProbesMustAllSucceed() {
        CircuitBreaker breaker = circuits.with(s -> s.probes(3)).breakerDueForAProbe();
        List<Permit> probes = acquire(breaker, 3);
        assertThat(admits(breaker)).isFalse();
        probes.get(0).success();
        probes.get(1).alive();
        assertThat(breaker.state()).isEqualTo(CircuitState.HALF_OPEN);
        assertThat(admits(breaker)).isFalse();
        probes.get(2).success();
        assertThat(breaker.state()).isEqualTo(CircuitState.CLOSED);
    }

    @Test
    void oneFailureAmongSeveralProbesOpensAgain() {
        CircuitBreaker breaker = circuits.with(s -> s.probes(2)).breakerDueForAProbe();
        List<Permit> probes = acquire(breaker, 2);
        probes.get(0).success();
        probes.get(1).failure();
        assertThat(breaker.state()).isEqualTo(CircuitState.OPEN);
    }

    @Test
    void aStreamBrokenByTheProviderAmongSeveralProbesOpensAgain() {
        CircuitBreaker breaker = circuits.with(s -> s.probes(2)).breakerDueForAProbe();
        Permit stream = breaker.tryAcquire();
        stream.success();
        stream.broken();
        assertThat(breaker.state()).isEqualTo(CircuitState.OPEN);
    }
}
