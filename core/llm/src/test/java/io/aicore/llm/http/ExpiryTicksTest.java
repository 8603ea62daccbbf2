package io.aicore.llm.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.llm.internal.ExpiryTicks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.test.scheduler.VirtualTimeScheduler;

class ExpiryTicksTest {

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final ExpiryTicks ticks = new ExpiryTicks(time);
    private final List<Duration> ends = new ArrayList<>();

    /** An exchange with a single limit. */
    private final class Exchange implements ExpiryTicks.Expiring {

        private long due;

        Exchange(Duration limit) {
            due = ticks.in(limit);
            ticks.add(this);
            ticks.notLaterThan(due);
        }

        @Override
        public long expire(long now) {
            if (now < due) {
                return due;
            }
            ends.add(Duration.ofNanos(now));
            ticks.remove(this);
            return ExpiryTicks.NEVER;
        }
    }

    private void exchange(Duration limit) {
        new Exchange(limit);
    }

    @Test
    void eachExchangeExpiresAtItsInstant() {
        exchange(Duration.ofSeconds(3));
        exchange(Duration.ofSeconds(1));
        exchange(Duration.ofSeconds(2).plusNanos(1));
        time.advanceTimeBy(Duration.ofSeconds(2));
        assertThat(ends).containsExactly(Duration.ofSeconds(1));
        exchange(Duration.ofMillis(500));
        time.advanceTimeBy(Duration.ofSeconds(10));
        assertThat(ends)
                .containsExactly(
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(2).plusNanos(1),
                        Duration.ofMillis(2_500),
                        Duration.ofSeconds(3));
    }

    @Test
    void manyExchangesHaveOneTimer() {
        for (int i = 0; i < 1_000; i++) {
            exchange(Duration.ofSeconds(10).plusMillis(i));
        }
        assertThat(time.getScheduledTaskCount()).isOne();
    }

    @Test
    void anExchangeThatIsGoneIsNotAsked() {
        Exchange exchange = new Exchange(Duration.ofSeconds(1));
        ticks.remove(exchange);
        time.advanceTimeBy(Duration.ofSeconds(2));
        assertThat(ends).isEmpty();
    }

    @Test
    void withManyExchangesItIsAtMostFiftyMillisecondsLate() {
        for (int i = 0; i < 1_000; i++) {
            exchange(Duration.ofSeconds(10).plusMillis(i));
        }
        time.advanceTimeBy(Duration.ofSeconds(12));
        assertThat(ends).hasSize(1_000);
        for (int i = 0; i < 1_000; i++) {
            assertThat(ends.get(i).minus(Duration.ofSeconds(10).plusMillis(i)))
                    .isBetween(Duration.ZERO, Duration.ofMillis(50));
        }
    }

    @Test
    void theLastOneThatIsCancelledTakesTheTimerFromNoOtherOne() {
        Exchange last = new Exchange(Duration.ofSeconds(10));
        ticks.cancel(last);
        exchange(Duration.ofSeconds(20));
        Exchange other = new Exchange(Duration.ofSeconds(5));
        ticks.cancel(other);

        time.advanceTimeBy(Duration.ofSeconds(20));

        assertThat(ends).containsExactly(Duration.ofSeconds(20));
    }

    @Test
    void withoutAnExchangeNoTimerIsLeftBehind() {
        Watched watched = new Watched();
        ExpiryTicks resting = new ExpiryTicks(watched);
        ExpiryTicks.Expiring open = now -> ExpiryTicks.NEVER;
        resting.add(open);
        resting.notLaterThan(resting.in(Duration.ofMinutes(5)));
        resting.rest();
        assertThat(watched.timers).singleElement().matches(timer -> !timer.isDisposed());
        resting.remove(open);

        resting.rest();

        assertThat(watched.timers).singleElement().matches(Disposable::isDisposed);
    }

    @Test
    void anEndThatBlocksKeepsNoOtherExchangeWaiting() {
        Blocked blocked = new Blocked();
        ExpiryTicks watched = new ExpiryTicks(blocked);
        for (int seconds = 1; seconds <= 2; seconds++) {
            Timeouts timeouts = Timeouts.defaults().attempt(Duration.ofSeconds(seconds));
            TransportErrors faults = new TransportErrors("acme", "api.example", HttpSettings.defaults());
            new ExchangeTimers(watched, timeouts, null, faults).start(new ExchangeTimers.Timed() {
                @Override
                public void expired() {
                    ends.add(Duration.ZERO);
                }

                @Override
                public void overdue() {}
            });
        }
        blocked.advanceTimeBy(Duration.ofSeconds(1));
        assertThat(blocked.tasks).hasSize(1);
        blocked.advanceTimeBy(Duration.ofSeconds(1));
        assertThat(blocked.tasks).hasSize(2);
        blocked.tasks.get(1).run();
        assertThat(ends).hasSize(1);
    }

    /** Remembers its timers. */
    private static final class Watched extends VirtualTimeScheduler {

        private final List<Disposable> timers = new ArrayList<>();

        Watched() {
            super(false);
        }

        @Override
        public Disposable schedule(Runnable task, long delay, TimeUnit unit) {
            Disposable timer = super.schedule(task, delay, unit);
            timers.add(timer);
            return timer;
        }
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
}
