package io.aicore.llm.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.llm.error.Phase;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ExchangeTimersTest extends TimedExchange {

    @Test
    void aRequestIsJustWrittenForASecond() {
        ExchangeTimers timers = plain(Timeouts.defaults());
        assertThat(timers.justWritten()).isTrue();
        timers.sent(loop);
        time.advanceTimeBy(Duration.ofSeconds(5));
        timers.written();
        time.advanceTimeBy(Duration.ofSeconds(1));
        assertThat(timers.justWritten()).isTrue();
        time.advanceTimeBy(INSTANT);
        assertThat(timers.justWritten()).isFalse();
        timers.again();
        assertThat(timers.justWritten()).isTrue();
    }

    @Test
    void connectingTakesTenSecondsAtMost() {
        stream().connecting(loop);
        expiresAfter(
                Duration.ofSeconds(10), Phase.CONNECT, "no connection to api.example within 10 s (connectTimeout)");
    }

    @Test
    void aNewConnectionHasItsOwnTime() {
        ExchangeTimers timers = stream();
        timers.connecting(loop);
        time.advanceTimeBy(Duration.ofSeconds(9));
        timers.again();
        time.advanceTimeBy(Duration.ofSeconds(9));
        timers.connecting(loop);
        expiresAfter(Duration.ofSeconds(10), Phase.CONNECT, "connectTimeout");
    }

    @Test
    void afterTheLastEventTheConnectionHas200MillisecondsToEnd() {
        ExchangeTimers timers = stream();
        timers.sent(loop);
        timers.answered();
        timers.arrived();
        timers.lastEventRead();
        time.advanceTimeBy(Duration.ofMillis(200).minus(INSTANT));
        timers.lastEventRead();
        timers.waiting();
        assertThat(closed).isFalse();
        time.advanceTimeBy(INSTANT);
        assertThat(closed).isTrue();
        neverExpires();
    }

    @Test
    void anExchangeThatWasStoppedBeforeItStartedHasNoTimeout() {
        ExchangeTimers timers = new ExchangeTimers(ticks, Timeouts.defaults(), null, faults);
        timers.stop();
        timers.start(timed(timers));
        neverExpires();
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
        ExchangeTimers timers = stream();
        timers.sent(loop);
        time.advanceTimeBy(Duration.ofSeconds(20));
        timers.answered();
        timers.waiting();
        expiresAfter(Duration.ofSeconds(40), Phase.FIRST_BYTE, "firstTokenTimeout");
    }

    @Test
    void aStreamThatNobodyReadsYetMayHaveShownLife() {
        ExchangeTimers timers = stream();
        timers.sent(loop);
        timers.answered();
        neverExpires();
    }

    @Test
    void theFirstByteOfTheBodyIsToldOnceAndIsTheBeginningOfSilence() {
        Waits waits = new Waits();
        ExchangeTimers timers = started(Timeouts.defaults(), waits);
        timers.sent(loop);
        timers.answered();
        timers.waiting();
        time.advanceTimeBy(Duration.ofSeconds(29));
        assertThat(waits.alive).isZero();
        for (int i = 0; i < 3; i++) {
            timers.arrived();
            timers.waiting();
        }
        assertThat(waits.alive).isOne();
        expiresAfter(Duration.ofSeconds(100), Phase.BODY, "the stream was silent for 100 s (idleTimeout)");
    }

    @Test
    void silenceMayGetShorterWithinAStream() {
        Waits waits = new Waits();
        ExchangeTimers timers = started(Timeouts.defaults(), waits);
        timers.sent(loop);
        timers.answered();
        timers.waiting();
        timers.arrived();
        timers.waiting();
        time.advanceTimeBy(Duration.ofSeconds(99));
        timers.arrived();
        waits.idle = Duration.ofSeconds(10);
        timers.waiting();
        expiresAfter(Duration.ofSeconds(10), Phase.BODY, "the stream was silent for 10 s (idleTimeout)");
    }

    @Test
    void aPlainAnswerMustBeginInTimeOnlyIfThatIsSet() {
        plain(Timeouts.defaults().firstToken(Duration.ofMillis(1_500))).sent(loop);
        expiresAfter(Duration.ofMillis(1_500), Phase.FIRST_BYTE, "no response within 1.5 s");
    }

    @Test
    void anAttemptThatTakesTooLongSaysHowFarItCame() {
        ExchangeTimers timers = plain(Timeouts.defaults());
        timers.sent(loop);
        timers.answered();
        expiresAfter(Duration.ofMinutes(10), Phase.BODY, "no complete response within 600 s (attemptTimeout)");
    }

    @Test
    void anAttemptWithoutAnswerSaysThatToo() {
        plain(Timeouts.defaults()).sent(loop);
        expiresAfter(Duration.ofMinutes(10), Phase.FIRST_BYTE, "no complete response within 600 s");
    }

    @Test
    void silenceIsMeasuredFromTheLastBytes() {
        ExchangeTimers timers = stream();
        timers.sent(loop);
        timers.answered();
        timers.arrived();
        timers.waiting();
        for (int i = 0; i < 100; i++) {
            time.advanceTimeBy(Duration.ofSeconds(59));
            timers.arrived();
            timers.waiting();
        }
        expiresAfter(Duration.ofSeconds(60), Phase.BODY, "the stream was silent for 60 s (idleTimeout)");
    }

    @Test
    void silenceIsNotMeasuredWhileNobodyAsks() {
        ExchangeTimers timers = stream();
        timers.sent(loop);
        timers.answered();
        timers.waiting();
        timers.arrived();
        neverExpires();
        time.advanceTimeBy(Duration.ofSeconds(17));
        timers.waiting();
        expiresAfter(Duration.ofSeconds(60), Phase.BODY, "silent");
    }

    @Test
    void stoppingEndsEveryTimer() {
        ExchangeTimers timers = plain(Timeouts.defaults().firstToken(Duration.ofSeconds(1)));
        timers.sent(loop);
        timers.stop();
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
