package io.aicore.observability.log;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import reactor.core.scheduler.Scheduler;

/** One line per second and scope. */
final class LineLimit {

    /** Returned by {@link #leave} for a suppressed line. */
    static final long LEFT_OUT = -1;

    static final int MOST_SCOPES = 1_000;

    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final String OTHERS = "";

    private final Supplier<Scheduler> clock;
    private final Map<String, Scope> scopes = new ConcurrentHashMap<>();

    private record Scope(AtomicLong last, AtomicLong leftOut) {}

    LineLimit(Supplier<Scheduler> clock) {
        this.clock = clock;
    }

    /** Number of lines suppressed since the last one if another may be written now, otherwise {@link #LEFT_OUT}. */
    long leave(String name) {
        long now = clock.get().now(TimeUnit.NANOSECONDS);
        Scope scope = scope(name, now);
        long last = scope.last().get();
        if (now - last >= SECOND && scope.last().compareAndSet(last, now)) {
            return scope.leftOut().getAndSet(0);
        }
        scope.leftOut().incrementAndGet();
        return LEFT_OUT;
    }

    private Scope scope(String name, long now) {
        Scope known = scopes.get(name);
        if (known != null) {
            return known;
        }
        String kept = scopes.size() < MOST_SCOPES ? name : OTHERS;
        return scopes.computeIfAbsent(kept, absent -> new Scope(new AtomicLong(now - SECOND), new AtomicLong()));
    }
}
