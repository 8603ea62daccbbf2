package io.aicore.retry;

import io.aicore.limit.CircuitBreaker;
import io.aicore.limit.CircuitState;
import java.time.Duration;
import reactor.core.publisher.Flux;

/** As much of a circuit breaker as a retry needs to see. */
interface Circuit {

    String name();

    CircuitState state();

    /** Zero when a retry would be let through now. */
    Duration untilPermitted();

    Flux<CircuitState> states();

    /** How long a call waits for it, all its waits together. */
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
