package io.aicore.limit;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Circuits in the state that a race begins with, on a clock that stands still until it is set. */
final class Situations implements Scheduler {

    static final Duration LONG = Duration.ofMinutes(1);

    volatile long now;

    CircuitBreaker circuit(CircuitSettings settings) {
        return CircuitBreaker.of("raced", settings.ramp(Duration.ZERO), this, () -> 0.5);
    }

    CircuitBreaker closedCircuit() {
        return circuit(CircuitSettings.defaults());
    }

    CircuitBreaker openCircuit(CircuitSettings settings) {
        CircuitBreaker circuit = circuit(settings.minimumCalls(1));
        circuit.tryAcquire().failure();
        return circuit;
    }

    /** The open time is over: the next permits are probes. */
    CircuitBreaker circuitToProbe(CircuitSettings settings) {
        CircuitBreaker circuit = openCircuit(settings);
        pass(settings.openTime());
        return circuit;
    }

    void pass(Duration time) {
        now += time.toNanos();
    }

    @Override
    public long now(TimeUnit unit) {
        return unit.convert(now, TimeUnit.NANOSECONDS);
    }

    @Override
    public Disposable schedule(Runnable task) {
        throw new UnsupportedOperationException("a circuit has no timers");
    }

    @Override
    public Worker createWorker() {
        throw new UnsupportedOperationException("a circuit has no timers");
    }

    /** A protected Mono whose source says nothing by itself. */
    static Attempt attempt(CircuitBreaker circuit) {
        Attempt attempt = new Attempt();
        circuit.protect(Mono.fromDirect(attempt)).subscribe(attempt.caller);
        return attempt;
    }
}
