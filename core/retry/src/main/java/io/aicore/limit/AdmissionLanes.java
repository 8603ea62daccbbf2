package io.aicore.limit;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The lanes of an {@link Admission} and the gates of their keys, no more than 10,000. One that is in use is never removed:
 * where all are, there is none for a further key. A lane is found without a lock; all else belongs to the lock of the
 * admission.
 */
final class AdmissionLanes {

    static final Duration IDLE = Duration.ofMinutes(30);
    static final int MOST = 10_000;

    /** Callers with a key of their own for each call must not make each of them look through all lanes. */
    private static final long LOOK = 1_000_000_000L;

    private record Id(String key, String circuit) {}

    private final ConcurrentMap<Id, AdmissionLane> lanes = new ConcurrentHashMap<>();
    private final Map<String, Gate> gates = new HashMap<>();
    private long looked = Long.MIN_VALUE / 2;
    private boolean allInUse;

    /** Null if there is none, or one of another circuit with this name. */
    @Nullable
    AdmissionLane find(String key, CircuitBreaker circuit) {
        AdmissionLane known = lanes.get(new Id(key, circuit.name()));
        return known != null && known.circuit() == circuit ? known : null;
    }

    /** Null if all are in use. */
    @Nullable
    AdmissionLane create(long now, String key, CircuitBreaker circuit, Function<Gate, AdmissionLane> create) {
        AdmissionLane known = find(key, circuit);
        if (known != null) {
            return known;
        }
        makeRoom(now);
        if (lanes.size() >= MOST) {
            return null;
        }
        Gate gate = gates.computeIfAbsent(key, any -> new Gate(key, now));
        AdmissionLane lane = create.apply(gate);
        gate.lanes++;
        AdmissionLane before = lanes.put(new Id(key, circuit.name()), lane);
        if (before != null) {
            close(before);
        }
        return lane;
    }

    private void makeRoom(long now) {
        if (now - looked < LOOK && (lanes.size() < MOST || allInUse)) {
            return;
        }
        looked = now;
        remove(now, IDLE.toNanos(), Integer.MAX_VALUE);
        removeUnused(now);
        int excess = lanes.size() + 1 - MOST;
        if (excess > 0) {
            // some more than needed: a full registry that meets only new keys must not look through all of them each
            // time
            remove(now, 1, excess + MOST / 100);
        }
        allInUse = lanes.size() >= MOST;
    }

    private void remove(long now, long idle, int most) {
        List<Map.Entry<Id, AdmissionLane>> old = lanes.entrySet().stream()
                .filter(entry -> entry.getValue().idle(now) >= idle)
                .sorted(Comparator.comparingLong(entry -> -entry.getValue().idle(now)))
                .limit(most)
                .toList();
        for (Map.Entry<Id, AdmissionLane> entry : old) {
            lanes.remove(entry.getKey());
            close(entry.getValue());
        }
    }

    /** Gates of which only others have told, and that are open again. */
    private void removeUnused(long now) {
        gates.values().removeIf(gate -> gate.lanes == 0 && !gate.isHeld(now));
    }

    private void close(AdmissionLane lane) {
        lane.close();
        Gate gate = lane.gate();
        gate.lanes--;
        if (gate.lanes == 0) {
            gates.remove(gate.key());
        }
    }

    /** The gate of a key that another process was refused for; null if it need not be kept, or there is no room. */
    @Nullable
    Gate gateToHold(String key, long now, long until) {
        Gate known = gates.get(key);
        if (known != null || gates.size() >= MOST || until - now <= 0) {
            return known;
        }
        // The first call of this key may come while the gate is closed.
        removeUnused(now);
        Gate gate = new Gate(key, now);
        gates.put(key, gate);
        return gate;
    }

    void forEachGate(BiConsumer<String, Gate> reader) {
        gates.forEach(reader);
    }
}
