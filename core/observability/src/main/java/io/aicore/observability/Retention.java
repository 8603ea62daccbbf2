package io.aicore.observability;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Limits of stored calls by age and by number, together with the circuit changes of their time. Null is no limit. */
record Retention(@Nullable Duration age, @Nullable Long count) {

    static final Retention KEEP_ALL = new Retention(null, null);

    // Often enough for any age worth setting, seldom enough to cost nothing.
    private static final Duration PERIOD = Duration.ofMinutes(1);

    boolean keepsAll() {
        return age == null && count == null;
    }

    /** Deletes once. Circuit changes are deleted with the calls of their time. */
    Mono<Void> apply(OperationStore store, Clock clock) {
        return Mono.defer(() -> forgetOld(store, clock)).then(Mono.defer(() -> forgetMany(store)));
    }

    private Mono<Void> forgetOld(OperationStore store, Clock clock) {
        if (age == null) {
            return Mono.empty();
        }
        Instant oldest = clock.instant().minus(age);
        return store.deleteBefore(oldest)
                .then(store.deleteCircuitsBefore(oldest))
                .then();
    }

    private Mono<Void> forgetMany(OperationStore store) {
        return count == null
                ? Mono.empty()
                : store.keepNewest(count)
                        .filter(deleted -> deleted > 0)
                        .flatMap(deleted -> store.deleteCircuitsBeforeTheOldestCall())
                        .then();
    }

    /** Deletes every minute; an unavailable database is tried again the next time. Never completes. */
    Flux<Void> keepApplying(OperationStore store, Clock clock, Scheduler scheduler) {
        return Flux.interval(PERIOD, scheduler)
                .onBackpressureDrop()
                .concatMap(tick -> apply(store, clock).onErrorComplete(), 1);
    }
}
