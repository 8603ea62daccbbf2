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
import org.junit.jupiter.api.Test;
import reactor.test.scheduler.VirtualTimeScheduler;

class WatchTest {

    private static final Duration INSTANT = Duration.ofNanos(1);

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final ExpiryTicks ticks = new ExpiryTicks(time);
    private final ScriptedLag loop = new ScriptedLag();
    private final TransportErrors faults = new TransportErrors("acme", "api.example", HttpSettings.defaults());
    private final AtomicReference<@Nullable LlmException> expired = new AtomicReference<>();
    private boolean closed;

    private ExchangeTimers stream() {
        return started(Timeouts.defaults(), true);
    }

    private ExchangeTimers plain(Timeouts timeouts) {
        return started(timeouts, false);
    }

    private ExchangeTimers started(Timeouts timeouts, boolean stream) {
        StreamWaits waits = stream ? StreamWaits.of(timeouts.stream(false)) : null;
        return started(timeouts, waits);
    }

    private ExchangeTimers started(Timeouts timeouts, @Nullable StreamWaits waits) {
        ExchangeTimers watch = new ExchangeTimers(ticks, timeouts, waits, faults);
        watch.start(() -> expired.set(watch.timeout()), () -> closed = true);
        return watch;
    }

    private void expiresAfter(Duration limit, Phase phase, String why) {
        time.advanceTimeBy(limit.minus(INSTANT));
        assertThat(expired).hasValue(null);
        time.advanceTimeBy(INSTANT);
        LlmException failure = Objects.requireNonNull(expired.get());
        assertThat(failure).hasMessageContaining(why);
        assertThat(failure.category()).isEqualTo(ErrorCategory.TIMEOUT);
        assertThat(failure.details().phase()).isEqualTo(phase);
        assertThat(failure.retryable()).isTrue();
    }

    private void neverExpires() {
        time.advanceTimeBy(Duration.ofDays(1));
        assertThat(expired).hasValue(null);
    }

    @Test
    void aRequestIsJustWrittenForASecond() {
        ExchangeTimers watch = plain(Timeouts.defaults());
        assertThat(watch.justWritten()).isTrue();
        watch.sent(loop);
        time.advanceTimeBy(Duration.ofSeconds(5));
        watch.written();
        time.advanceTimeBy(Duration.ofSeconds(1));
        assertThat(watch.justWritten()).isTrue();
        time.advanceTimeBy(INSTANT);
        assertThat(watch.justWritten()).isFalse();
        watch.again();
        assertThat(watch.justWritten()).isTrue();
    }

    @Test
    void connectingTakesTenSecondsAtMost() {
        stream().connecting(loop);
        expiresAfter(
                Duration.ofSeconds(10), Phase.CONNECT, "no connection to api.example within 10 s (connectTimeout)");
    }

    @Test
    void connectingIsTimedFromWhenTheEventLoopBeginsWithIt() {
        ExchangeTimers watch = stream();
        time.advanceTimeBy(Duration.ofHours(1));
        watch.connecting(loop);
        time.advanceTimeBy(Duration.ofSeconds(4));
        watch.connecting(loop);
        expiresAfter(Duration.ofSeconds(6), Phase.CONNECT, "within 10 s (connectTimeout)");
    }

    @Test
    void aNewConnectionHasItsOwnTime() {
        ExchangeTimers watch = stream();
        watch.connecting(loop);
        time.advanceTimeBy(Duration.ofSeconds(9));
        watch.again();
        time.advanceTimeBy(Duration.ofSeconds(9));
        watch.connecting(loop);
        expiresAfter(Duration.ofSeconds(10), Phase.CONNECT, "connectTimeout");
    }

    @Test
    void anEventLoopThatIsLateDelaysTheTimeoutByAsMuch() {
        ExchangeTimers watch = stream();
        watch.connecting(loop);
        loop.late = Duration.ofSeconds(25);
        time.advanceTimeBy(Duration.ofSeconds(20));
        loop.late = Duration.ofSeconds(31);
        expiresAfter(Duration.ofSeconds(21), Phase.CONNECT, "within 10 s (connectTimeout)");
        assertThat(Objects.requireNonNull(expired.get()).code()).isNull();
    }

    @Test
    void onlyWhatTheEventLoopLosesDuringAWaitDelaysIt() {
        loop.late = Duration.ofHours(1);
        ExchangeTimers watch = stream();
        watch.connecting(loop);
        loop.late = loop.late.plusSeconds(3);
        watch.sent(loop);
        loop.late = loop.late.plusSeconds(5);
        expiresAfter(Duration.ofSeconds(65), Phase.FIRST_BYTE, "within 60 s (firstTokenTimeout)");
    }

    @Test
    void aSilenceThatTheEventLoopHasNotHeardOfIsNone() {
        ExchangeTimers watch = stream();
        watch.sent(loop);
        watch.answered();
        watch.arrived();
        loop.late = Duration.ofSeconds(2);
        watch.waiting();
        loop.late = Duration.ofSeconds(42);
        expiresAfter(Duration.ofSeconds(100), Phase.BODY, "the stream was silent for 60 s (idleTimeout)");
    }

    @Test
    void anAttemptHasAFixedEndThatProvesNothingIfTheEventLoopWasLate() {
        ExchangeTimers watch = plain(Timeouts.defaults());
        watch.connecting(loop);
        watch.sent(loop);
        loop.late = Duration.ofSeconds(61);
        expiresAfter(Duration.ofMinutes(10), Phase.FIRST_BYTE, "this client's event loop was late");
        assertThat(Objects.requireNonNull(expired.get()).code()).isEqualTo(HttpTransport.CLIENT_BEHIND);
    }

    @Test
    void anAttemptThatTheEventLoopNeverBeganProvesNothing() {
        plain(Timeouts.defaults());
        expiresAfter(Duration.ofMinutes(10), Phase.CONNECT, "(attemptTimeout)");
        assertThat(Objects.requireNonNull(expired.get()).code()).isEqualTo(HttpTransport.CLIENT_BEHIND);
    }

    @Test
    void anAttemptOfAnEventLoopThatWasSeldomLateCounts() {
        ExchangeTimers watch = plain(Timeouts.defaults());
        watch.sent(loop);
        loop.late = Duration.ofSeconds(59);
        expiresAfter(Duration.ofMinutes(10), Phase.FIRST_BYTE, "(attemptTimeout)");
        assertThat(Objects.requireNonNull(expired.get()).code()).isNull();
    }

    @Test
    void afterTheLastEventTheConnectionHas200MillisecondsToEnd() {
        ExchangeTimers watch = stream();
        watch.sent(loop);
        watch.answered();
        watch.arrived();
        watch.lastEventRead();
        time.advanceTimeBy(Duration.ofMillis(200).minus(INSTANT));
        watch.lastEventRead();
        watch.waiting();
        assertThat(closed).isFalse();
        time.advanceTimeBy(INSTANT);
        assertThat(closed).isTrue();
        neverExpires();
    }

    @Test
    void anExchangeThatWasStoppedBeforeItStartedHasNoTimeout() {
        ExchangeTimers watch = new ExchangeTimers(ticks, Timeouts.defaults(), null, faults);
        watch.stop();
        watch.start(() -> expired.set(watch.timeout()), () -> closed = true);
        neverExpires();
    }

    @Test
    void anExchangeLeavesItsEventLoopOnce() {
        ExchangeTimers watch = plain(Timeouts.defaults());
        watch.connecting(loop);
        assertThat(loop.open).isOne();
        watch.sent(loop);
        assertThat(loop.open).isOne();
        watch.stop();
        watch.stop();
        assertThat(loop.open).isZero();
        watch.again();
        watch.connecting(loop);
        assertThat(loop.open).isZero();
    }

    @Test
    void onceConnectedTheConnectTimerIsOver() {
        plain(Timeouts.defaults().attempt(Duration.ofDays(2))).sent(loop);
        neverExpires();
    }

    @Test
    void aStreamMustBeginWithinTheFirstTokenTimeout() {
        stream().sent(loop);
        expiresAfter(Duration.ofSeconds(60), Phase.FIRST_BYTE, "no response within 60 s (firstTokenTimeout)");
    }

    @Test
    void theHeadOfAStreamIsNoSignOfLife() {
        ExchangeTimers watch = stream();
        watch.sent(loop);
        time.advanceTimeBy(Duration.ofSeconds(20));
        watch.answered();
        watch.waiting();
        expiresAfter(Duration.ofSeconds(40), Phase.FIRST_BYTE, "firstTokenTimeout");
    }

    @Test
    void aStreamThatNobodyReadsYetMayHaveShownLife() {
        ExchangeTimers watch = stream();
        watch.sent(loop);
        watch.answered();
        neverExpires();
    }

    @Test
    void theFirstByteOfTheBodyIsToldOnceAndIsTheBeginningOfSilence() {
        Waits waits = new Waits();
        ExchangeTimers watch = started(Timeouts.defaults(), waits);
        watch.sent(loop);
        watch.answered();
        watch.waiting();
        time.advanceTimeBy(Duration.ofSeconds(29));
        assertThat(waits.alive).isZero();
        for (int i = 0; i < 3; i++) {
            watch.arrived();
            watch.waiting();
        }
        assertThat(waits.alive).isOne();
        expiresAfter(Duration.ofSeconds(100), Phase.BODY, "the stream was silent for 100 s (idleTimeout)");
    }

    @Test
    void silenceMayGetShorterWithinAStream() {
        Waits waits = new Waits();
        ExchangeTimers watch = started(Timeouts.defaults(), waits);
        watch.sent(loop);
        watch.answered();
        watch.waiting();
        watch.arrived();
        watch.waiting();
        time.advanceTimeBy(Duration.ofSeconds(99));
        watch.arrived();
        waits.idle = Duration.ofSeconds(10);
        watch.waiting();
        expiresAfter(Duration.ofSeconds(10), Phase.BODY, "the stream was silent for 10 s (idleTimeout)");
    }

    @Test
    void aPlainAnswerMustBeginInTimeOnlyIfThatIsSet() {
        plain(Timeouts.defaults().firstToken(Duration.ofMillis(1_500))).sent(loop);
        expiresAfter(Duration.ofMillis(1_500), Phase.FIRST_BYTE, "no response within 1500 ms");
    }

    @Test
    void anAttemptThatTakesTooLongSaysHowFarItCame() {
        ExchangeTimers watch = plain(Timeouts.defaults());
        watch.sent(loop);
        watch.answered();
        expiresAfter(Duration.ofMinutes(10), Phase.BODY, "no complete response within 600 s (attemptTimeout)");
    }

    @Test
    void anAttemptWithoutAnswerSaysThatToo() {
        plain(Timeouts.defaults()).sent(loop);
        expiresAfter(Duration.ofMinutes(10), Phase.FIRST_BYTE, "no complete response within 600 s");
    }

    @Test
    void silenceIsMeasuredFromTheLastBytes() {
        ExchangeTimers watch = stream();
        watch.sent(loop);
        watch.answered();
        watch.arrived();
        watch.waiting();
        for (int i = 0; i < 100; i++) {
            time.advanceTimeBy(Duration.ofSeconds(59));
            watch.arrived();
            watch.waiting();
        }
        expiresAfter(Duration.ofSeconds(60), Phase.BODY, "the stream was silent for 60 s (idleTimeout)");
    }

    @Test
    void silenceIsNotMeasuredWhileNobodyAsks() {
        ExchangeTimers watch = stream();
        watch.sent(loop);
        watch.answered();
        watch.waiting();
        watch.arrived();
        neverExpires();
        time.advanceTimeBy(Duration.ofSeconds(17));
        watch.waiting();
        expiresAfter(Duration.ofSeconds(60), Phase.BODY, "silent");
    }

    @Test
    void stoppingEndsEveryTimer() {
        ExchangeTimers watch = plain(Timeouts.defaults().firstToken(Duration.ofSeconds(1)));
        watch.sent(loop);
        watch.stop();
        neverExpires();
        ExchangeTimers inStream = stream();
        inStream.sent(loop);
        inStream.answered();
        inStream.arrived();
        inStream.waiting();
        inStream.stop();
        neverExpires();
    }

    @Test
    void anEndlessTimeoutIsNoOverflow() {
        plain(Timeouts.defaults().attempt(Duration.ofSeconds(Long.MAX_VALUE))).sent(loop);
        neverExpires();
    }

    private static final class ScriptedLag implements LoopLag {

        private Duration late = Duration.ZERO;
        private int open;

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

    private static final class Waits implements StreamWaits {

        private Duration idle = Duration.ofSeconds(100);
        private int alive;

        @Override
        public Duration firstToken() {
            return Duration.ofSeconds(30);
        }

        @Override
        public Duration idle() {
            return idle;
        }

        @Override
        public void alive() {
            alive++;
        }
    }
}
