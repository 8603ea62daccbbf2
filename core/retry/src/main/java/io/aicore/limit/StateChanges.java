package io.aicore.limit;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Operators;
import reactor.core.publisher.Sinks;
import reactor.util.context.Context;

/** Emits the state to subscribers: in order, from one thread at a time, always ending with the current one. */
final class StateChanges {

    private final Supplier<CircuitState> present;
    private final Sinks.Many<CircuitState> sink = Sinks.unsafe().many().replay().latestOrDefault(CircuitState.CLOSED);
    private final AtomicInteger changed = new AtomicInteger();
    private CircuitState told = CircuitState.CLOSED;

    StateChanges(Supplier<CircuitState> present) {
        this.present = present;
    }

    /** Threads that lose the race do not wait: the one that emits also emits their changes. */
    void changed() {
        if (changed.getAndIncrement() != 0) {
            return;
        }
        int missed = 1;
        do {
            CircuitState state = present.get();
            if (state != told) {
                told = state;
                tell(state);
            }
            missed = changed.addAndGet(-missed);
        } while (missed != 0);
    }

    /** A subscriber that throws, against the specification, must not affect the circuit. */
    private void tell(CircuitState state) {
        try {
            sink.tryEmitNext(state);
        } catch (Throwable thrown) {
            Guard.throwIfJvmEnds(thrown);
            Operators.onErrorDropped(Guard.signal(thrown), Context.empty());
        }
    }

    Flux<CircuitState> states() {
        return sink.asFlux().onBackpressureLatest();
    }
}
