package io.aicore.limit;

import static io.aicore.limit.Circuits.acquire;
import static io.aicore.limit.Circuits.admits;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import reactor.test.scheduler.VirtualTimeScheduler;

/** After closing, admission ramps up instead of releasing the herd (row 21). */
class RampTest {

    private final Circuits circuits = new Circuits();
    private final CircuitBreaker breaker = circuits.rampingBreaker();

    @Test
    void admissionStartsAtATenth() {
        acquire(breaker, 1);
        circuits.random = 0.11;
        assertThat(admits(breaker)).isFalse();
        circuits.random = 0.09;
        assertThat(admits(breaker)).isTrue();
    }

    @Test
    void admissionGrowsWithTime() {
        acquire(breaker, 1);
        circuits.pass(Circuits.RAMP.dividedBy(2));
        circuits.random = 0.56;
        assertThat(admits(breaker)).isFalse();
        circuits.random = 0.54;
        assertThat(admits(breaker)).isTrue();
    }

    @Test
    void admitsEverybodyAfterTheRamp() {
        acquire(breaker, 1);
        circuits.pass(Circuits.RAMP);
        circuits.random = Math.nextDown(1.0);
        assertThat(acquire(breaker, 100)).hasSize(100);
    }

    @Test
    void aCallAloneIsAlwaysAdmitted() {
        circuits.random = Math.nextDown(1.0);
        for (int i = 0; i < 5; i++) {
            breaker.tryAcquire().success();
        }
        assertThat(breaker.metrics().rejected()).isZero();
    }

    @Test
    void thoseRefusedAreToldToComeBackSpreadOverTheRamp() {
        acquire(breaker, 1);
        circuits.random = 0.75;
        CallNotPermittedException refusal = catchThrowableOfType(CallNotPermittedException.class, breaker::tryAcquire);
        assertThat(refusal.state()).isEqualTo(CircuitState.CLOSED);
        assertThat(refusal.untilNextProbe()).isEqualTo(Duration.ofMillis(1500));
        assertThat(refusal).hasMessageContaining("admission is ramping up");
        assertThat(breaker.metrics().pending()).isEqualTo(1);
    }

    @Test
    void aHerdIsAdmittedInGrowingNumbers() {
        VirtualTimeScheduler clock = VirtualTimeScheduler.create();
        SplittableRandom random = new SplittableRandom(42);
        CircuitBreaker herd = CircuitBreaker.of("model", CircuitSettings.defaults(), clock, random::nextDouble);
        Circuits.fail(herd, 10);
        clock.advanceTimeBy(herd.untilPermitted());
        herd.tryAcquire().success();
        assertThat(admittedOf1000(herd)).isBetween(70, 130);
        clock.advanceTimeBy(Duration.ofSeconds(1));
        assertThat(admittedOf1000(herd)).isBetween(500, 600);
        clock.advanceTimeBy(Duration.ofSeconds(1));
        assertThat(admittedOf1000(herd)).isEqualTo(1000);
    }

    @Test
    void theSoftModeDoesNotRampFirstAttempts() {
        CircuitBreaker soft = circuits.with(s -> s.mode(CircuitMode.SOFT)).rampingBreaker();
        circuits.random = Math.nextDown(1.0);
        assertThat(acquire(soft, 100)).hasSize(100);
    }

    @Test
    void withoutARampEverybodyIsAdmittedAtOnce() {
        CircuitBreaker steep = circuits.with(s -> s.ramp(Duration.ZERO)).rampingBreaker();
        circuits.random = Math.nextDown(1.0);
        assertThat(acquire(steep, 100)).hasSize(100);
    }

    private static int admittedOf1000(CircuitBreaker breaker) {
        int admitted = 0;
        for (int i = 0; i < 1000; i++) {
            try {
                breaker.tryAcquire();
                admitted++;
            } catch (CallNotPermittedException refused) {
                assertThat(refused.untilNextProbe()).isPositive();
            }
        }
        return admitted;
    }
}
