package io.aicore.llm.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An event loop that runs when the test lets it, with a clock that the test sets. */
class LoopBeatTest {

    private final EmbeddedChannel channel = new EmbeddedChannel();
    private long clock = 7;
    private long setByHand;
    private final LoopBeat beat = new LoopBeat(channel.eventLoop(), () -> clock, () -> clock + setByHand);

    LoopBeatTest() {
        channel.freezeTime();
    }

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    /** Time passes; the event loop runs only at the end of it. Returns whether it has more to do. */
    private boolean busyFor(Duration time) {
        clock += time.toNanos();
        channel.advanceTimeBy(time.toNanos(), TimeUnit.NANOSECONDS);
        return channel.runScheduledPendingTasks() >= 0;
    }

    private Duration late() {
        return Duration.ofNanos(beat.nanos());
    }

    @Test
    void aLoopInTimeIsNotLate() {
        beat.enter();
        for (int i = 0; i < 20; i++) {
            busyFor(Duration.ofMillis(100));
        }
        assertThat(late()).isZero();
    }

    @Test
    void whatEveryMachineTakesIsNotLate() {
        beat.enter();
        for (int i = 0; i < 20; i++) {
            busyFor(Duration.ofMillis(150));
        }
        assertThat(late()).isZero();
    }

    @Test
    void eachLateBeatAddsToIt() {
        beat.enter();
        busyFor(Duration.ofMillis(400));
        assertThat(late()).isEqualTo(Duration.ofMillis(300));
        busyFor(Duration.ofMillis(100));
        busyFor(Duration.ofMillis(1_100));
        assertThat(late()).isEqualTo(Duration.ofMillis(1_300));
    }

    @Test
    void aBeatThatIsOutstandingCountsAlready() {
        beat.enter();
        clock += Duration.ofSeconds(5).toNanos();
        assertThat(late()).isEqualTo(Duration.ofMillis(4_900));
    }

    @Test
    void aClockThatIsSetByHandMakesNoLoopLate() {
        beat.enter();
        setByHand = Duration.ofMinutes(1).toNanos();
        assertThat(late()).isZero();
        busyFor(Duration.ofMillis(180));
        assertThat(late()).isZero();
        busyFor(Duration.ofMillis(180));
        assertThat(late()).isEqualTo(Duration.ofMillis(80));
    }

    @Test
    void itRestsWhenTheLastExchangeHasLeft() {
        beat.enter();
        beat.enter();
        beat.leave();
        assertThat(busyFor(Duration.ofMillis(100))).isTrue();
        beat.leave();
        assertThat(busyFor(Duration.ofMillis(100))).isFalse();
        busyFor(Duration.ofHours(1));
        assertThat(late()).isZero();
        beat.enter();
        busyFor(Duration.ofMillis(300));
        assertThat(late()).isEqualTo(Duration.ofMillis(200));
    }
}
