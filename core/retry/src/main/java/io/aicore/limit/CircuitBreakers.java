package io.aicore.limit;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A registry with one shared {@link CircuitBreaker} per key. The key should identify what can fail independently:
 * provider, base URL and model. With the provider alone, one failing model would block the others.
 *
 * <p>A breaker without a call for 30 minutes is removed; beyond 10,000 keys, those that were not called for the longest
 * time are. A breaker with pending calls is never removed, so the bound is 10,000 plus the keys in use. Removal happens
 * when a new key is requested. Thread-safe; blocks no longer than a map does.
 */
public final class CircuitBreakers {

    private static final Duration IDLE = Duration.ofMinutes(30);
    private static final int MAX_KEYS = 10_000;

    private final Function<String, CircuitBreaker> create;
    private final long idleNanos;
    private final int maxKeys;
    private final ConcurrentMap<String, CircuitBreaker> breakers = new ConcurrentHashMap<>();

    CircuitBreakers(Function<String, CircuitBreaker> create, Duration idle, int maxKeys) {
        this.create = Objects.requireNonNull(create, "create");
        this.idleNanos = idle.toNanos();
        this.maxKeys = maxKeys;
    }

    /** Breakers with these settings, {@link CircuitBreaker#defaultOutcome} and the default clock, named by their key. */
    public static CircuitBreakers of(CircuitSettings settings) {
        return of(key -> CircuitBreaker.of(key, settings));
    }

    /** Breakers with these settings and their own mapping of errors to outcomes. */
    public static CircuitBreakers of(CircuitSettings settings, Function<? super Throwable, Outcome> outcome) {
        return of(key -> CircuitBreaker.of(key, settings, outcome));
    }

    /** Breakers that {@code create} makes for each new key. */
    public static CircuitBreakers of(Function<String, CircuitBreaker> create) {
        return new CircuitBreakers(create, IDLE, MAX_KEYS);
    }

    /** Returns the breaker for this key, creating it if needed. */
    public CircuitBreaker get(String key) {
        CircuitBreaker known = breakers.get(key);
        if (known != null && known.idleNanos() < idleNanos / 2) {
            return known;
        }
        if (known == null) {
            makeRoom();
        }
        return breakers.compute(key, (k, present) -> {
            CircuitBreaker breaker = present == null ? create.apply(k) : present;
            breaker.touch();
            return breaker;
        });
    }

    /** Registers your breaker for this key; affects subsequent calls. */
    public void put(String key, CircuitBreaker breaker) {
        Objects.requireNonNull(breaker, "breaker").touch();
        breakers.put(Objects.requireNonNull(key, "key"), breaker);
    }

    /** A snapshot of all breakers by key. */
    public Map<String, CircuitBreaker> all() {
        return Map.copyOf(breakers);
    }

    private void makeRoom() {
        breakers.forEach((key, breaker) -> {
            if (breaker.idleNanos() >= idleNanos) {
                forgetIfIdle(key, idleNanos);
            }
        });
        int excess = breakers.size() + 1 - maxKeys;
        if (excess <= 0) {
            return;
        }
        // some more than needed: a full registry that meets only new keys must not look through all of them each time
        List<Map.Entry<String, Long>> idlest = breakers.entrySet().stream()
                .map(e -> Map.entry(e.getKey(), e.getValue().idleNanos()))
                .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                .limit(excess + maxKeys / 100)
                .collect(Collectors.toList());
        idlest.forEach(e -> forgetIfIdle(e.getKey(), Math.max(1, e.getValue())));
    }

    private void forgetIfIdle(String key, long nanos) {
        breakers.computeIfPresent(key, (k, breaker) -> breaker.idleNanos() >= nanos ? null : breaker);
    }
}
