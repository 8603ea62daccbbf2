package io.aicore.retry;

import io.aicore.limit.CircuitState;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Waits until a circuit lets an attempt through, or finds that this would take too long.
 *
 * @param circuit null when an attempt was refused by a circuit that the operator was not told of
 * @param patience until when to wait, on the scheduler's clock
 */
record CircuitWait(@Nullable Circuit circuit, Scheduler scheduler, long patience, Observer observer) {

    /** Two looks at the circuit are at least this far apart, however near it says its probe is. */
    private static final Duration SHORTEST = Duration.ofMillis(10);

    /** Hears of the wait. */
    interface Observer {
        void waiting(Duration delay);

        void saw(CircuitState state);
    }

    /**
     * True when an attempt may be made, false when the wait for it would outlast the patience.
     */
    Mono<Boolean> admitted() {
        return look();
    }

    /** The same for an attempt that was refused: it does not look again before the circuit said it may. */
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

    /** Empty after the wait; false at once when it would be too long. */
    private Mono<Boolean> pause(Duration wanted) {
        return Mono.defer(() -> {
            Duration delay = wanted.compareTo(SHORTEST) < 0 ? SHORTEST : wanted;
            if (delay.compareTo(Duration.ofNanos(patience - scheduler.now(TimeUnit.NANOSECONDS))) >= 0) {
                return Mono.just(false);
            }
            observer.waiting(delay);
            Mono<Long> timer = Mono.delay(delay, scheduler);
            // While it is closed and yet admits nobody, it ramps up: only time helps then.
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
