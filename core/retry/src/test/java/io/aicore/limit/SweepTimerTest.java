package io.aicore.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** One timer wakes all who wait, whatever crosses its firing. */
class SweepTimerTest {

    /** Time stands still; a test fires the timers. */
    private static final class HandFired implements Scheduler {

        private static final class Timer implements Disposable {
            private final Runnable task;
            private boolean over;

            private Timer(Runnable task) {
                this.task = task;
            }

            private void fire() {
                over = true;
                task.run();
            }

            @Override
            public void dispose() {
                over = true;
            }
        }

        private final List<Timer> timers = new ArrayList<>();

        private long pending() {
            return timers.stream().filter(timer -> !timer.over).count();
        }

        @Override
        public Disposable schedule(Runnable task, long delay, TimeUnit unit) {
            Timer timer = new Timer(task);
            timers.add(timer);
            return timer;
        }

        @Override
        public Disposable schedule(Runnable task) {
            return Schedulers.immediate().schedule(task);
        }

        @Override
        public long now(TimeUnit unit) {
            return 0;
        }

        @Override
        public Worker createWorker() {
            return Schedulers.immediate().createWorker();
        }

        @Override
        public void dispose() {}
    }

    @Test
    void aTimerThatFiresWhileItIsReplacedSetsNoSecondOne() {
        HandFired clock = new HandFired();
        Admission admission =
                Admission.of("p", AdmissionSettings.standard(), ConcurrencySettings.unlimited(), clock, () -> 0.5);
        CircuitBreaker circuit = CircuitBreaker.of("model", CircuitSettings.defaults(), clock, () -> 0.5);
        AdmissionLane lane = admission.lane("key", circuit);
        AdmissionPermit first = lane.tryAdmit(AdmissionCall.create(), false);
        AdmissionPermit second = lane.tryAdmit(AdmissionCall.create(), false);
        first.end(AttemptOutcome.limited(Duration.ofSeconds(10)));
        lane.admit(AdmissionCall.create(), false, new AdmissionCallback() {
            @Override
            public void admitted(AdmissionPermit permit) {}

            @Override
            public void rejected(Throwable why) {}
        });
        HandFired.Timer firing = clock.timers.get(clock.timers.size() - 1);
        second.end(AttemptOutcome.limited(Duration.ofSeconds(20)));

        assertThat(clock.pending()).isEqualTo(1);
        firing.fire();
        assertThat(clock.pending()).isEqualTo(1);
    }
}
