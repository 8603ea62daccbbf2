package io.aicore.llm.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.llm.error.Phase;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** An event loop that is late is not the silence of a provider. */
class LateEventLoopTest extends TimedExchange {

    @Test
    void connectingIsTimedFromWhenTheEventLoopBeginsWithIt() {
        ExchangeTimers timers = stream();
        time.advanceTimeBy(Duration.ofHours(1));
        timers.connecting(loop);
        time.advanceTimeBy(Duration.ofSeconds(4));
        timers.connecting(loop);
        expiresAfter(Duration.ofSeconds(6), Phase.CONNECT, "within 10 s (connectTimeout)");
    }

    @Test
    void anEventLoopThatIsLateDelaysTheTimeoutByAsMuch() {
        ExchangeTimers timers = stream();
        timers.connecting(loop);
        loop.late = Duration.ofSeconds(25);
        time.advanceTimeBy(Duration.ofSeconds(20));
        loop.late = Duration.ofSeconds(31);
        expiresAfter(Duration.ofSeconds(21), Phase.CONNECT, "within 10 s (connectTimeout)");
        assertThat(Objects.requireNonNull(expired.get()).code()).isNull();
    }

    @Test
    void onlyWhatTheEventLoopLosesDuringAWaitDelaysIt() {
        loop.late = Duration.ofHours(1);
        ExchangeTimers timers = stream();
        timers.connecting(loop);
        loop.late = loop.late.plusSeconds(3);
        timers.sent(loop);
        loop.late = loop.late.plusSeconds(5);
        expiresAfter(Duration.ofSeconds(65), Phase.FIRST_BYTE, "within 60 s (firstTokenTimeout)");
    }

    @Test
    void aSilenceThatTheEventLoopHasNotHeardOfIsNone() {
        ExchangeTimers timers = stream();
        timers.sent(loop);
        timers.answered();
        timers.arrived();
        loop.late = Duration.ofSeconds(2);
        timers.waiting();
        loop.late = Duration.ofSeconds(42);
        expiresAfter(Duration.ofSeconds(100), Phase.BODY, "the stream was silent for 60 s (idleTimeout)");
    }

    @Test
    void anAttemptHasAFixedEndThatProvesNothingIfTheEventLoopWasLate() {
        ExchangeTimers timers = plain(Timeouts.defaults());
        timers.connecting(loop);
        timers.sent(loop);
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
        ExchangeTimers timers = plain(Timeouts.defaults());
        timers.sent(loop);
        loop.late = Duration.ofSeconds(59);
        expiresAfter(Duration.ofMinutes(10), Phase.FIRST_BYTE, "(attemptTimeout)");
        assertThat(Objects.requireNonNull(expired.get()).code()).isNull();
    }

    @Test
    void anExchangeLeavesItsEventLoopOnce() {
        ExchangeTimers timers = plain(Timeouts.defaults());
        timers.connecting(loop);
        assertThat(loop.open).isOne();
        timers.sent(loop);
        assertThat(loop.open).isOne();
        timers.stop();
        timers.stop();
        assertThat(loop.open).isZero();
        timers.again();
        timers.connecting(loop);
        assertThat(loop.open).isZero();
    }
}
