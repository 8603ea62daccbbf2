package io.aicore.observability.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Meters by what calls have in common, so that a call neither makes tags nor searches a registry for its meters. */
final class MeterCache<K, M> {

    /** Beyond it the registry is asked for each call. */
    private static final int MOST = 1_000;

    private final Function<K, M> registered;
    private final Map<K, M> known = new ConcurrentHashMap<>();

    /** @param registered finds the meters in the registry, or registers them there */
    MeterCache(MeterRegistry registry, Function<K, M> registered) {
        this.registered = registered;
        registry.config().onMeterRemoved(gone -> known.clear());
    }

    M of(K key) {
        M meters = known.get(key);
        if (meters == null) {
            meters = registered.apply(key);
            if (known.size() < MOST) {
                known.put(key, meters);
            }
        }
        return meters;
    }
}
