package io.aicore.observability;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Limits of stored calls by age and by number, together with the circuit changes of their time. Null is no limit. */
record Retention(@Nullable Duration age, @Nullable Long count) {

    static final Retention KEEP_ALL = new Retention(null, null);

    // Often enough for any age worth setting, seldom enough to cost nothing.
    private static final Duration PERIOD = Duration.ofMinutes(1);

    // To find the newest is to walk their whole index: for one call in a hundred, and not for each.
    private static final int SLACK = 100;

    boolean keepsAll() {
        return age == null && count == null;
    }

    /** Circuit changes are deleted with the calls of their time. */
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
                : store.keepNewest(count, Math.max(1, count / SLACK))
                        .filter(deleted -> deleted > 0)
                        .flatMap(deleted -> store.deleteCircuitsBeforeTheOldestCall())
                        .then();
    }

    /** Deletes every minute; an unavailable database is tried again the next time. Never completes. */
    Flux<Void> keepApplying(OperationStore store, Clock clock, Scheduler scheduler) {
        return Flux.defer(() -> {
            AtomicReference<String> seen = new AtomicReference<>("");
            return Flux.interval(PERIOD, scheduler)
                    .onBackpressureDrop()
                    .concatMap(tick -> applyToNews(store, clock, seen).onErrorComplete(), 1);
        });
    }

    /** Counts only if something was written since. */
    Mono<Void> applyToNews(OperationStore store, Clock clock, AtomicReference<String> seen) {
        Mono<Void> many = store.changeMark()
                .filter(mark -> !mark.equals(seen.get()))
                .flatMap(mark -> forgetMany(store).doOnSuccess(nothing -> seen.set(mark)));
        return forgetOld(store, clock).then(count == null ? Mono.empty() : many);
    }
}
