package io.aicore.retry;

import io.aicore.limit.CircuitBreaker;
import io.aicore.limit.CircuitState;
import java.time.Duration;
import reactor.core.publisher.Flux;

/** The view of a circuit breaker that a retry needs. */
interface Circuit {

    String name();

    CircuitState state();

    /** Zero if a retry would be admitted now. */
    Duration untilPermitted();

    Flux<CircuitState> states();

    /** Longest wait of one call for the circuit, all its waits together. */
    Duration maxWait();

    static Circuit of(CircuitBreaker breaker) {
        return new Circuit() {
            @Override
            public String name() {
                return breaker.name();
            }

            @Override
            public CircuitState state() {
                return breaker.state();
            }

            @Override
            public Duration untilPermitted() {
                return breaker.untilPermitted(true);
            }

            @Override
            public Flux<CircuitState> states() {
                return breaker.states();
            }

            @Override
            public Duration maxWait() {
                return breaker.settings().maxWait();
            }
        };
    }
}
