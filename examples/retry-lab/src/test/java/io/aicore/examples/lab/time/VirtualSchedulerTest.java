package io.aicore.examples.lab.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

class VirtualSchedulerTest {

    private final VirtualScheduler scheduler = new VirtualScheduler();
    private final List<String> events = new ArrayList<>();

    @Test
    void runsByTimeAndThenByOrder() {
        scheduler.after(20, () -> events.add("c"));
        scheduler.after(10, () -> {
            events.add("a");
            scheduler.schedule(() -> events.add("b"));
        });
        scheduler.after(20, () -> events.add("d"));
        scheduler.runUntil(20);
        assertThat(events).containsExactly("a", "b", "c", "d");
        assertThat(scheduler.now()).isEqualTo(20);
    }

    @Test
    void runsNothingLaterThanAsked() {
        scheduler.after(11, () -> events.add("late"));
        scheduler.runUntil(10);
        assertThat(events).isEmpty();
        scheduler.runUntil(11);
        assertThat(events).containsExactly("late");
    }

    @Test
    void aDisposedTaskDoesNotRun() {
        Disposable task = scheduler.after(10, () -> events.add("task"));
        task.dispose();
        scheduler.runUntil(10);
        assertThat(task.isDisposed()).isTrue();
        assertThat(events).isEmpty();
    }

    @Test
    void aDisposedWorkerTakesItsTasksAlong() {
        Scheduler.Worker worker = scheduler.createWorker();
        worker.schedule(() -> events.add("task"), 10, TimeUnit.NANOSECONDS);
        worker.dispose();
        scheduler.runUntil(10);
        assertThat(events).isEmpty();
    }

    @Test
    void isTheClockOfReactorsOperators() {
        Flux.interval(Duration.ofSeconds(1), scheduler).take(3).subscribe(i -> events.add(i + "@" + seconds()));
        Mono.delay(Duration.ofMillis(1_500), scheduler)
                .timeout(Duration.ofSeconds(1), scheduler)
                .subscribe(i -> {}, error -> events.add("timeout@" + seconds()));
        scheduler.runUntil(Seconds.nanos(10));
        assertThat(events).containsExactly("0@1.0", "timeout@1.0", "1@2.0", "2@3.0");
        assertThat(scheduler.clock().instant().toEpochMilli()).isEqualTo(10_000);
    }

    private double seconds() {
        return Seconds.of(scheduler.now());
    }
}
