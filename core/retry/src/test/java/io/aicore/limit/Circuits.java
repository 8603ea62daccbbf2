package io.aicore.limit;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import reactor.test.scheduler.VirtualTimeScheduler;

/** Circuits in the situations that tests begin with, on a virtual clock of their own. */
final class Circuits {

    static final Duration OPEN_TIME = CircuitSettings.defaults().openTime();
    static final Duration LEASE = CircuitSettings.defaults().minLease();
    static final Duration RAMP = CircuitSettings.defaults().ramp();

    final VirtualTimeScheduler clock = VirtualTimeScheduler.create();

    /** What chance says next; 0.5 makes the random factor of the open time 1. */
    double random = 0.5;

    CircuitSettings settings = CircuitSettings.defaults();

    Circuits with(UnaryOperator<CircuitSettings> change) {
        settings = change.apply(settings);
        return this;
    }

    CircuitBreaker closedBreaker() {
        return CircuitBreaker.of("model", settings, clock, () -> random);
    }

    CircuitBreaker openBreaker() {
        CircuitBreaker breaker = closedBreaker();
        fail(breaker, settings.minimumCalls());
        return breaker;
    }

    /** Open, and the open time is over: the next call is the probe. */
    CircuitBreaker breakerDueForAProbe() {
        CircuitBreaker breaker = openBreaker();
        pass(settings.openTime());
        return breaker;
    }

    /** Closed by a probe a moment ago. */
    CircuitBreaker rampingBreaker() {
        CircuitBreaker breaker = breakerDueForAProbe();
        breaker.tryAcquire().success();
        return breaker;
    }

    void pass(Duration time) {
        clock.advanceTimeBy(time);
    }

    static void fail(CircuitBreaker breaker, int times) {
        acquire(breaker, times).forEach(Permit::failure);
    }

    static void succeed(CircuitBreaker breaker, int times) {
        acquire(breaker, times).forEach(Permit::success);
    }

    static List<Permit> acquire(CircuitBreaker breaker, int times) {
        List<Permit> permits = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            permits.add(breaker.tryAcquire());
        }
        return permits;
    }

    static boolean admits(CircuitBreaker breaker) {
        try {
            breaker.tryAcquire().ignore();
            return true;
        } catch (CallNotPermittedException refused) {
            return false;
        }
    }

    /** A failure that the default outcome function counts. */
    static IOException reset() {
        return new IOException("connection reset");
    }
}
