package io.aicore.observability;

import io.aicore.limit.CircuitBreaker;
import io.aicore.limit.CircuitState;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import reactor.core.Disposable;

/** Observes the circuits of the calls seen so far. */
final class CircuitWatch {

    // As many as a provider keeps.
    private static final int MAX_CIRCUITS = 10_000;

    private final BiConsumer<String, CircuitState> changed;
    private final Map<String, Followed> followed = new ConcurrentHashMap<>();

    private record Followed(CircuitBreaker circuit, Disposable subscription) {}

    CircuitWatch(BiConsumer<String, CircuitState> changed) {
        this.changed = changed;
    }

    /** Observes this circuit from now on, replacing one of the same name that was removed. */
    void follow(CircuitBreaker circuit) {
        Followed known = followed.get(circuit.name());
        if (known != null && known.circuit() == circuit) {
            return;
        }
        if (known == null && followed.size() >= MAX_CIRCUITS) {
            return;
        }
        Disposable subscription = circuit.states().subscribe(state -> changed.accept(circuit.name(), state));
        Followed before = followed.put(circuit.name(), new Followed(circuit, subscription));
        if (before != null) {
            before.subscription().dispose();
        }
    }

    /** The circuits by name. */
    Map<String, CircuitBreaker> circuits() {
        Map<String, CircuitBreaker> circuits = new ConcurrentHashMap<>();
        followed.forEach((name, each) -> circuits.put(name, each.circuit()));
        return circuits;
    }

    void close() {
        followed.values().forEach(each -> each.subscription().dispose());
        followed.clear();
    }
}
