package io.aicore.retry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;

/** One timer watches the deadlines of all calls on a scheduler. */
class DeadlineTicksTest {

    private static final int CALLS = 1_000;

    private final VirtualTimeScheduler clock = VirtualTimeScheduler.create();
    private final CountedTimers time = new CountedTimers(clock);
    private final RetryOnFailure base =
            RetryOnFailure.of(RetrySettings.defaults()).scheduler(time);
    private final List<Long> cutOff = new ArrayList<>();

    @Test
    void oneTimerWatchesAllCallsWithWhateverSettings() {
        for (int i = 0; i < CALLS; i++) {
            call(Duration.ofMillis(5_000 + i));
        }
        assertThat(time.pending().get()).isOne();
        clock.advanceTimeBy(Duration.ofSeconds(4));
        assertThat(time.pending().get()).isOne();
    }

    @Test
    void eachIsCutOffAtItsOwnTime() {
        for (int i = 0; i < CALLS; i++) {
            call(Duration.ofMillis(1 + 7L * i));
        }
        clock.advanceTimeBy(Duration.ofSeconds(10));
        assertThat(cutOff).hasSize(CALLS);
        for (int i = 0; i < CALLS; i++) {
            assertThat(cutOff.get(i)).isEqualTo(1 + 7L * i);
        }
    }

    @Test
    void callsThatEndedAreLetGoAndTheTimerStops() {
        List<Disposable> calls = new ArrayList<>();
        for (int i = 0; i < CALLS; i++) {
            calls.add(call(Duration.ofSeconds(60)));
        }
        calls.subList(1, CALLS).forEach(Disposable::dispose);
        assertThat(time.pending().get()).isOne();
        calls.get(0).dispose();
        assertThat(time.pending().get()).isZero();
        call(Duration.ofMillis(80));
        clock.advanceTimeBy(Duration.ofMillis(80));
        assertThat(cutOff).containsExactly(80L);
    }

    @Test
    void aCallBetweenTwoTicksWithAShortDeadlineIsNotLate() {
        call(Duration.ofSeconds(60));
        clock.advanceTimeBy(Duration.ofMillis(10));
        call(Duration.ofMillis(15));
        clock.advanceTimeBy(Duration.ofMillis(15));
        assertThat(cutOff).containsExactly(25L);
    }

    @Test
    void aHandlerThatThrowsDoesNotKeepTheOthersFromTheirDeadlines() {
        RetryOnFailure throwing = base.settings(RetrySettings.defaults().deadline(Duration.ofSeconds(1)));
        throwing.protect(Mono.never()).subscribe(value -> {}, error -> {
            throw new IllegalStateException("handler");
        });
        call(Duration.ofSeconds(1));
        clock.advanceTimeBy(Duration.ofSeconds(1));
        assertThat(cutOff).containsExactly(1_000L);
    }

    @Test
    void aHandlerThatBlocksKeepsNoOtherCallFromItsDeadline() {
        Blocked blocked = new Blocked();
        RetryOnFailure blocking = RetryOnFailure.of(RetrySettings.defaults()).scheduler(blocked);
        for (int seconds = 1; seconds <= 2; seconds++) {
            blocking.settings(RetrySettings.defaults().deadline(Duration.ofSeconds(seconds)))
                    .protect(Mono.never())
                    .subscribe(value -> {}, error -> cutOff.add(blocked.now(TimeUnit.MILLISECONDS)));
        }
        blocked.advanceTimeBy(Duration.ofSeconds(1));
        assertThat(blocked.tasks).hasSize(1);
        blocked.advanceTimeBy(Duration.ofSeconds(1));
        assertThat(blocked.tasks).hasSize(2);
        blocked.tasks.get(1).run();
        assertThat(cutOff).containsExactly(2_000L);
    }

    /** Its tasks do not come to their end; its timers do. */
    private static final class Blocked extends VirtualTimeScheduler {

        private final List<Runnable> tasks = new ArrayList<>();

        Blocked() {
            super(false);
        }

        @Override
        public Disposable schedule(Runnable task) {
            tasks.add(task);
            return () -> {};
        }
    }

    private Disposable call(Duration deadline) {
        return base.settings(RetrySettings.defaults().deadline(deadline))
                .protect(Mono.never())
                .subscribe(value -> {}, error -> cutOff.add(clock.now(TimeUnit.MILLISECONDS)));
    }
}
