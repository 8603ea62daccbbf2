package io.aicore.llm;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;

class SharedTimeTest {

    private static final int TASKS = 20_000;

    @Test
    void eachTaskRunsOnceWhileAnotherThreadSchedules() {
        SharedTime time = new SharedTime();
        AtomicIntegerArray ran = new AtomicIntegerArray(TASKS);
        CompletableFuture<Void> scheduled = CompletableFuture.runAsync(() -> {
            for (int i = 0; i < TASKS; i++) {
                int task = i;
                time.schedule(() -> ran.incrementAndGet(task), i % 2 == 0 ? 0 : i % 7, TimeUnit.MILLISECONDS);
            }
        });
        while (!scheduled.isDone()) {
            time.advanceTimeBy(Duration.ofMillis(1));
        }
        time.advanceTimeBy(Duration.ofSeconds(1));

        for (int i = 0; i < TASKS; i++) {
            assertThat(ran.get(i)).isEqualTo(1);
        }
    }

    @Test
    void tasksRunInTheirOrderAndSeeTheirTime() {
        SharedTime time = new SharedTime();
        StringBuilder seen = new StringBuilder();
        time.schedule(() -> seen.append('b').append(time.now(TimeUnit.SECONDS)), 2, TimeUnit.SECONDS);
        time.schedule(() -> seen.append('a').append(time.now(TimeUnit.SECONDS)), 1, TimeUnit.SECONDS);
        time.schedule(() -> seen.append('c'), 3, TimeUnit.SECONDS).dispose();
        time.advanceTimeBy(Duration.ofSeconds(5));
        assertThat(seen).hasToString("a1b2");
        assertThat(time.now(TimeUnit.SECONDS)).isEqualTo(5);
    }
}
