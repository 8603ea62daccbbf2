package io.aicore.retry;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;

/** A call on virtual time: its attempts follow a script, and what happens is written down. */
final class Trial {

    static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private final VirtualTimeScheduler virtual = VirtualTimeScheduler.create();
    final CountedTimers time = new CountedTimers(virtual);
    final List<RetryEvent> events = new CopyOnWriteArrayList<>();
    final List<Optional<Attempt>> attempts = new ArrayList<>();
    final List<Duration> starts = new ArrayList<>();
    int cancelledInFlight;

    /** On this trial's clock; chance is always in the middle, so proportional jitter leaves nominal delays alone. */
    RetryOnFailure retry(RetrySettings settings) {
        return silentRetry(settings).listener(events::add);
    }

    RetryOnFailure silentRetry(RetrySettings settings) {
        return RetryOnFailure.of(settings).scheduler(time).random(() -> 0.5).clock(Clock.fixed(NOON, ZoneOffset.UTC));
    }

    RetryOnFailure retry() {
        return retry(RetrySettings.defaults());
    }

    /** One outcome per attempt, the last one for ever: a Throwable fails, a Duration hangs that long, else the value. */
    Mono<String> script(Object... outcomes) {
        return Mono.deferContextual(context -> {
            int index = attempts.size();
            attempts.add(Attempt.from(context));
            starts.add(elapsed());
            Object outcome = outcomes[Math.min(index, outcomes.length - 1)];
            if (outcome instanceof Throwable error) {
                return Mono.error(error);
            }
            if (outcome instanceof Duration hang) {
                return Mono.delay(hang, time).map(tick -> "late").doOnCancel(() -> cancelledInFlight++);
            }
            return Mono.just((String) outcome);
        });
    }

    Duration elapsed() {
        return Duration.ofNanos(time.now(TimeUnit.NANOSECONDS));
    }

    void pass(Duration duration) {
        virtual.advanceTimeBy(duration);
    }

    void pass(long seconds) {
        pass(Duration.ofSeconds(seconds));
    }

    <T> Outcome<T> run(Mono<T> call) {
        return run(call.flux());
    }

    <T> Outcome<T> run(Flux<T> call) {
        return new Outcome<>(call);
    }

    /** Runs it to its end, however long that takes. */
    <T> Outcome<T> finish(Mono<T> call) {
        Outcome<T> outcome = run(call);
        pass(Duration.ofDays(30));
        return outcome;
    }

    <E extends RetryEvent> List<E> events(Class<E> kind) {
        return events.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    List<String> eventNames() {
        return events.stream().map(each -> each.getClass().getSimpleName()).toList();
    }

    int timers() {
        return time.pending().get();
    }

    static IOException reset() {
        return new IOException("connection reset");
    }

    static RetrySettings settings() {
        return RetrySettings.defaults();
    }

    /** What a subscriber saw. */
    static final class Outcome<T> {
        final List<T> values = new CopyOnWriteArrayList<>();
        volatile Throwable error;
        volatile boolean completed;
        final Disposable subscription;

        Outcome(Flux<T> call) {
            subscription = call.subscribe(values::add, thrown -> error = thrown, () -> completed = true);
        }

        boolean pending() {
            return error == null && !completed;
        }

        RetryHistory history() {
            return RetryHistory.of(error).orElseThrow();
        }

        GiveUpReason reason() {
            return history().reason();
        }
    }
}
