package io.aicore.retry;

import io.aicore.limit.CircuitState;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Waits until a circuit admits an attempt, or reports that the wait would be too long.
 *
 * @param circuit null if the circuit that refused the attempt is unknown to the operator
 * @param patience end of the wait, on the scheduler's clock
 */
record CircuitWait(@Nullable Circuit circuit, Scheduler scheduler, long patience, Observer observer) {

    /** Shortest interval between two looks at the circuit, however soon its next probe is due. */
    private static final Duration SHORTEST = Duration.ofMillis(10);

    /** Receives the progress of the wait. */
    interface Observer {
        void waiting(Duration delay);

        void saw(CircuitState state);
    }

    /** True if an attempt may be made; false if the wait for it would exceed the patience. */
    Mono<Boolean> admitted() {
        return look();
    }

    /** As {@link #admitted()}, for an attempt that was refused: first waits until the next probe is due. */
    Mono<Boolean> readmitted(Duration untilNextProbe) {
        return pause(untilNextProbe).switchIfEmpty(look());
    }

    private Mono<Boolean> look() {
        return Flux.defer(() -> {
                    Duration until = untilPermitted();
                    return until.isZero() ? Mono.just(true) : pause(until);
                })
                .repeat()
                .next();
    }

    private Duration untilPermitted() {
        return circuit == null ? Duration.ZERO : circuit.untilPermitted();
    }

    /** Empty after the wait; false at once if the wait would be too long. */
    private Mono<Boolean> pause(Duration wanted) {
        return Mono.defer(() -> {
            Duration delay = wanted.compareTo(SHORTEST) < 0 ? SHORTEST : wanted;
            if (delay.compareTo(Duration.ofNanos(patience - scheduler.now(TimeUnit.NANOSECONDS))) >= 0) {
                return Mono.just(false);
            }
            observer.waiting(delay);
            Mono<Long> timer = Mono.delay(delay, scheduler);
            // A closed circuit that refuses is ramping up: only time helps then.
            Circuit watched = circuit;
            Mono<?> over = watched != null && watched.state() != CircuitState.CLOSED
                    ? Mono.firstWithSignal(timer, closed(watched))
                    : timer;
            return over.then(Mono.<Boolean>empty());
        });
    }

    private Mono<CircuitState> closed(Circuit watched) {
        return watched.states()
                .doOnNext(observer::saw)
                .filter(state -> state == CircuitState.CLOSED)
                .next()
                .onErrorResume(error -> Mono.never())
                .switchIfEmpty(Mono.never())
                .publishOn(scheduler);
    }
}
