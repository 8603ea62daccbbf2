package io.aicore.retry;

import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.limit.Admission;
import io.aicore.limit.AdmissionSettings;
import io.aicore.limit.AttemptOutcome;
import io.aicore.limit.CircuitBreaker;
import io.aicore.limit.CircuitSettings;
import io.aicore.limit.ConcurrencySettings;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** A call reads the clock at its begin and at its end: the reading is a large part of what a call costs. */
class ClockReadsTest {

    private static final RetrySettings SETTINGS = RetrySettings.defaults().deadline(Duration.ofMinutes(1));

    private final Clock clock = new Clock();
    private final CircuitBreaker circuit = CircuitBreaker.of("circuit", CircuitSettings.defaults(), clock, () -> 0.5);
    private final RetryOnFailure retry =
            RetryOnFailure.of(SETTINGS).scheduler(clock).circuitBreaker(circuit);

    /** Goes on by a second with each reading. */
    private static final class Clock implements Scheduler {
        private final AtomicInteger reads = new AtomicInteger();

        @Override
        public long now(TimeUnit unit) {
            return unit.convert(reads.incrementAndGet(), TimeUnit.SECONDS);
        }

        @Override
        public Disposable schedule(Runnable task) {
            task.run();
            return Disposables.disposed();
        }

        @Override
        public Disposable schedule(Runnable task, long delay, TimeUnit unit) {
            return Disposables.single();
        }

        @Override
        public Worker createWorker() {
            return Schedulers.immediate().createWorker();
        }
    }

    private int readsOf(Mono<?> call) {
        int before = clock.reads.get();
        call.subscribe();
        return clock.reads.get() - before;
    }

    private static AttemptOutcome outcome(Throwable error) {
        return AttemptOutcome.of(CircuitBreaker.defaultOutcome(error));
    }

    @Test
    void callAndCircuitShareTheReadingAtTheBegin() {
        assertThat(readsOf(retry.protect(circuit.protect(Mono.just(1))))).isEqualTo(2);
    }

    @Test
    void callLaneAndCircuitShareTheReadingAtTheBegin() {
        Admission admission = Admission.of(
                "admission", AdmissionSettings.standard(), ConcurrencySettings.unlimited(), clock, () -> 0.5);
        Mono<Integer> attempt = admission.lane("key", circuit).protect(Mono.just(1), ClockReadsTest::outcome);
        assertThat(readsOf(retry.protect(attempt))).isEqualTo(2);
    }

    @Test
    void aCircuitOnAnotherClockReadsItsOwn() {
        RetryOnFailure other = RetryOnFailure.of(SETTINGS).circuitBreaker(circuit);
        assertThat(readsOf(other.protect(circuit.protect(Mono.just(1))))).isEqualTo(2);
    }

    @Test
    void anAttemptThatBeginsLaterReadsTheClockAgain() {
        Mono<Integer> later = Mono.defer(() -> circuit.protect(Mono.just(1)));
        assertThat(readsOf(retry.protect(later))).isEqualTo(3);
        RetryOnFailure heard = retry.listener(event -> {});
        assertThat(readsOf(heard.protect(circuit.protect(Mono.just(1))))).isGreaterThan(3);
    }
}
