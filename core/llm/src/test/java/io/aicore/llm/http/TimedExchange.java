package io.aicore.llm.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.llm.error.ErrorCategory;
import io.aicore.llm.error.LlmException;
import io.aicore.llm.error.Phase;
import io.aicore.llm.internal.ExpiryTicks;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import reactor.test.scheduler.VirtualTimeScheduler;

/** The timers of an exchange on virtual time, beside an event loop whose lag is scripted. */
abstract class TimedExchange {

    static final Duration INSTANT = Duration.ofNanos(1);

    final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    final ExpiryTicks ticks = new ExpiryTicks(time);
    final ScriptedLag loop = new ScriptedLag();
    final TransportErrors faults = new TransportErrors("acme", "api.example", HttpSettings.defaults());
    final AtomicReference<@Nullable LlmException> expired = new AtomicReference<>();
    boolean closed;

    ExchangeTimers stream() {
        return started(Timeouts.defaults(), true);
    }

    ExchangeTimers plain(Timeouts timeouts) {
        return started(timeouts, false);
    }

    ExchangeTimers started(Timeouts timeouts, boolean stream) {
        StreamWaits waits = stream ? StreamWaits.of(timeouts.stream(false)) : null;
        return started(timeouts, waits);
    }

    ExchangeTimers started(Timeouts timeouts, @Nullable StreamWaits waits) {
        ExchangeTimers timers = new ExchangeTimers(ticks, timeouts, waits, faults);
        timers.start(timed(timers));
        return timers;
    }

    ExchangeTimers.Timed timed(ExchangeTimers timers) {
        return new ExchangeTimers.Timed() {
            @Override
            public void expired() {
                expired.set(timers.timeout());
            }

            @Override
            public void overdue() {
                closed = true;
            }
        };
    }

    void expiresAfter(Duration limit, Phase phase, String why) {
        time.advanceTimeBy(limit.minus(INSTANT));
        assertThat(expired).hasValue(null);
        time.advanceTimeBy(INSTANT);
        LlmException failure = Objects.requireNonNull(expired.get());
        assertThat(failure).hasMessageContaining(why);
        assertThat(failure.category()).isEqualTo(ErrorCategory.TIMEOUT);
        assertThat(failure.details().phase()).isEqualTo(phase);
        assertThat(failure.retryable()).isTrue();
    }

    void neverExpires() {
        time.advanceTimeBy(Duration.ofDays(1));
        assertThat(expired).hasValue(null);
    }

    static final class ScriptedLag implements LoopLag {

        Duration late = Duration.ZERO;
        int open;

        @Override
        public long nanos() {
            return late.toNanos();
        }

        @Override
        public void enter() {
            open++;
        }

        @Override
        public void leave() {
            open--;
        }
    }
}
