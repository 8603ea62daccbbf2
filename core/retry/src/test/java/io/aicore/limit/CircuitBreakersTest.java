package io.aicore.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.test.scheduler.VirtualTimeScheduler;

/** One breaker per key, shared, injected and forgotten when idle (row 16). */
class CircuitBreakersTest {

    private static final Duration IDLE = Duration.ofMinutes(30);

    private final VirtualTimeScheduler clock = VirtualTimeScheduler.create();
    private final CircuitBreakers breakers = new CircuitBreakers(this::breaker, IDLE, 3);

    @Test
    void aKeyHasOneBreaker() {
        CircuitBreaker breaker = breakers.get("a");
        assertThat(breakers.get("a")).isSameAs(breaker);
        assertThat(breaker.name()).isEqualTo("a");
        assertThat(breakers.get("b")).isNotSameAs(breaker);
    }

    @Test
    void onesOwnBreakerCanBeGiven() {
        CircuitBreaker own = breaker("own");
        breakers.put("a", own);
        assertThat(breakers.get("a")).isSameAs(own);
        assertThat(breakers.all()).containsOnlyKeys("a");
    }

    @Test
    void anIdleBreakerIsForgotten() {
        breakers.get("idle");
        CircuitBreaker used = breakers.get("used");
        clock.advanceTimeBy(IDLE.minusMinutes(1));
        used.tryAcquire().success();
        clock.advanceTimeBy(Duration.ofMinutes(1));
        breakers.get("new");
        assertThat(breakers.all()).containsOnlyKeys("used", "new");
    }

    @Test
    void aBreakerWithPendingCallsIsKept() {
        breakers.get("busy").tryAcquire();
        clock.advanceTimeBy(IDLE.multipliedBy(3));
        breakers.get("new");
        assertThat(breakers.all()).containsOnlyKeys("busy", "new");
    }

    @Test
    void aBreakerThatOnlyRefusesIsKept() {
        CircuitBreaker open = breakers.get("open");
        open.settings(open.settings().openTime(IDLE.multipliedBy(3)));
        Circuits.fail(open, 10);
        clock.advanceTimeBy(IDLE.minusMinutes(1));
        assertThat(Circuits.admits(open)).isFalse();
        clock.advanceTimeBy(IDLE.minusMinutes(1));
        breakers.get("new");
        assertThat(breakers.all()).containsOnlyKeys("open", "new");
    }

    @Test
    void beyondTheBoundTheLongestIdleIsForgottenFirst() {
        for (String key : List.of("a", "b", "c")) {
            breakers.get(key);
            clock.advanceTimeBy(Duration.ofMinutes(1));
        }
        breakers.get("a").tryAcquire().success();
        clock.advanceTimeBy(Duration.ofMinutes(1));
        breakers.get("d");
        assertThat(breakers.all()).containsOnlyKeys("a", "c", "d");
    }

    @Test
    void beyondTheBoundBusyBreakersStay() {
        for (String key : List.of("a", "b", "c", "d", "e")) {
            breakers.get(key).tryAcquire();
        }
        assertThat(breakers.all()).hasSize(5);
    }

    @Test
    void askingForABreakerKeepsIt() {
        CircuitBreaker asked = breakers.get("asked");
        for (int i = 0; i < 4; i++) {
            clock.advanceTimeBy(IDLE.minusMinutes(1));
            assertThat(breakers.get("asked")).isSameAs(asked);
            breakers.get("new" + i);
        }
    }

    private CircuitBreaker breaker(String key) {
        return CircuitBreaker.of(key, CircuitSettings.defaults(), clock, () -> 0.5);
    }
}
