package io.aicore.limit;

import static io.aicore.limit.Circuits.acquire;
import static io.aicore.limit.Circuits.fail;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An attempt acts on the epoch it was admitted under, and once (rows 22, 23 and 44). */
class EpochTest {

    private final Circuits circuits = new Circuits();
    private final CircuitBreaker breaker = circuits.closedBreaker();

    @Test
    void aLateResultFromAnEarlierEpochChangesNothing() {
        List<Permit> early = acquire(breaker, 20);
        fail(breaker, 10);
        circuits.pass(Circuits.OPEN_TIME);
        Permit probe = breaker.tryAcquire();
        early.forEach(permit -> assertThat(permit.isStale()).isTrue());
        early.subList(0, 10).forEach(Permit::success);
        early.subList(10, 20).forEach(Permit::failure);
        assertThat(breaker.state()).isEqualTo(CircuitState.HALF_OPEN);
        assertThat(breaker.metrics().stale()).isEqualTo(20);
        probe.success();
        assertThat(breaker.metrics().calls()).isZero();
    }

    @Test
    void lateFailuresDoNotOpenTheCircuitThatHasJustClosed() {
        List<Permit> early = acquire(breaker, 50);
        fail(breaker, 10);
        circuits.pass(Circuits.OPEN_TIME);
        breaker.tryAcquire().success();
        early.forEach(Permit::failure);
        assertThat(breaker.state()).isEqualTo(CircuitState.CLOSED);
        assertThat(breaker.metrics().calls()).isZero();
    }

    @Test
    void cancelledCallsOfAnEarlierEpochAddNoProbes() {
        List<Permit> early = acquire(breaker, 20);
        fail(breaker, 10);
        circuits.pass(Circuits.OPEN_TIME);
        acquire(breaker, 1);
        early.forEach(Permit::ignore);
        assertThat(Circuits.admits(breaker)).isFalse();
        assertThat(breaker.metrics().stale()).isZero();
    }

    @Test
    void aLateFirstByteTeachesNothing() {
        Permit early = breaker.tryAcquire();
        fail(breaker, 10);
        circuits.pass(Duration.ofSeconds(30));
        early.firstByte();
        acquire(breaker, 1);
        assertThat(breaker.untilPermitted()).isEqualTo(Circuits.LEASE);
    }

    @Test
    void anAttemptHasOneOutcome() {
        Permit permit = breaker.tryAcquire();
        assertThat(permit.success()).isTrue();
        assertThat(permit.failure()).isFalse();
        assertThat(permit.ignore()).isFalse();
        assertThat(permit.alive()).isFalse();
        assertThat(breaker.metrics().calls()).isEqualTo(1);
        assertThat(breaker.metrics().failureRate()).isZero();
        assertThat(breaker.metrics().pending()).isZero();
    }

    @Test
    void aBrokenStreamIsAFailureOfItsOwnAndCountsOnce() {
        Permit stream = breaker.tryAcquire();
        stream.broken();
        assertThat(breaker.metrics().calls()).isZero();
        stream.success();
        stream.broken();
        stream.broken();
        assertThat(breaker.metrics().calls()).isEqualTo(2);
        assertThat(breaker.metrics().failureRate()).isEqualTo(0.5);
    }

    @Test
    void aStreamBrokenAfterItsEpochOnlyCountsAsStale() {
        CircuitBreaker probed = circuits.breakerDueForAProbe();
        Permit probe = probed.tryAcquire();
        probe.success();
        probe.broken();
        assertThat(probed.state()).isEqualTo(CircuitState.CLOSED);
        assertThat(probed.metrics().stale()).isEqualTo(1);
        assertThat(probed.metrics().calls()).isZero();
    }

    @Test
    void newSettingsKeepWhatWasCounted() {
        fail(breaker, 6);
        breaker.settings(breaker.settings().minimumCalls(7));
        fail(breaker, 1);
        assertThat(breaker.state()).isEqualTo(CircuitState.OPEN);
    }

    @Test
    void aNewWindowLengthKeepsWhatWasCounted() {
        fail(breaker, 9);
        circuits.pass(Duration.ofSeconds(5));
        breaker.settings(breaker.settings().window(Duration.ofSeconds(30)));
        circuits.pass(Duration.ofSeconds(20));
        assertThat(breaker.metrics().calls()).isEqualTo(9);
        fail(breaker, 1);
        assertThat(breaker.state()).isEqualTo(CircuitState.OPEN);
    }

    @Test
    void newSettingsLeaveTheStateAndCallsInFlightAlone() {
        Permit inFlight = breaker.tryAcquire();
        breaker.settings(breaker.settings().openTime(Duration.ofSeconds(5)));
        assertThat(inFlight.isStale()).isFalse();
        inFlight.failure();
        fail(breaker, 9);
        assertThat(breaker.untilPermitted()).isEqualTo(Duration.ofSeconds(5));
        breaker.settings(breaker.settings().openTime(Duration.ofSeconds(1)));
        assertThat(breaker.state()).isEqualTo(CircuitState.OPEN);
        assertThat(breaker.untilPermitted()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void anOpenCircuitCanBeSwitchedOff() {
        fail(breaker, 10);
        breaker.settings(breaker.settings().enabled(false));
        breaker.tryAcquire().success();
        assertThat(breaker.state()).isEqualTo(CircuitState.OPEN);
    }

    @Test
    void metricsShowOneInstant() {
        acquire(breaker, 2);
        fail(breaker, 10);
        circuits.pass(Duration.ofMillis(500));
        assertThat(breaker.metrics())
                .isEqualTo(new CircuitSnapshot(
                        CircuitState.OPEN, 0, 0, 2, 0, 0, 0, Duration.ofMillis(500), Duration.ofMillis(1500)));
        assertThat(breaker).hasToString("CircuitBreaker[model, OPEN]");
    }
}
