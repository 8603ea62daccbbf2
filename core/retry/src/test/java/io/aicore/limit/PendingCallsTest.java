package io.aicore.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Attempts without an outcome are counted by the second they began in, whatever happens to the circuit meanwhile. */
class PendingCallsTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final Circuits circuits = new Circuits();
    private final CircuitBreaker breaker = circuits.closedBreaker();

    @Test
    void theWindowCountsCallsThatEndInTheirSecondLikeOthers() {
        List<Permit> early = Circuits.acquire(breaker, 3);
        Circuits.succeed(breaker, 2);
        circuits.pass(SECOND);
        early.get(0).success();
        early.get(1).firstByte();
        early.get(1).success();
        early.get(2).failure();
        breaker.tryAcquire().alive();

        assertThat(breaker.metrics().calls()).isEqualTo(6);
        assertThat(breaker.metrics().failureRate()).isEqualTo(1.0 / 6);
        assertThat(breaker.metrics().pending()).isZero();
    }

    @Test
    void callsLeaveTheWindowOneByOneWithTheirSecond() {
        for (int second = 1; second <= 30; second++) {
            Circuits.succeed(breaker, second);
            int inTenSeconds = second <= 10 ? second * (second + 1) / 2 : 10 * second - 45;
            assertThat(breaker.metrics().calls()).as("second %s", second).isEqualTo(inTenSeconds);
            circuits.pass(SECOND);
        }
    }

    @Test
    void callsOfAnotherWindowLengthAreCountedToo() {
        breaker.settings(breaker.settings().window(Duration.ofSeconds(5)));
        Circuits.succeed(breaker, 4);
        breaker.settings(breaker.settings().window(Duration.ofSeconds(10)));
        Circuits.succeed(breaker, 3);

        assertThat(breaker.metrics().calls()).isEqualTo(7);
    }

    @Test
    void callsArePendingBeyondTheWindowAndTheEpochTheyBeganIn() {
        List<Permit> streams = Circuits.acquire(breaker, 5);
        streams.forEach(Permit::firstByte);
        circuits.pass(Duration.ofMinutes(2));
        Circuits.succeed(breaker, 1);
        Circuits.fail(breaker, 10);
        circuits.pass(Circuits.OPEN_TIME);
        Permit probe = breaker.tryAcquire();
        assertThat(breaker.metrics().pending()).isEqualTo(6);

        probe.success();
        Circuits.acquire(breaker, 1);
        assertThat(breaker.metrics().pending()).isEqualTo(6);
        assertThat(breaker.metrics().overdue()).isZero();

        streams.forEach(Permit::success);
        assertThat(breaker.metrics().pending()).isEqualTo(1);
    }

    @Test
    void ofABusyProviderOneCallIn32TellsTheTimeToFirstByte() {
        FirstByteTimes times = new FirstByteTimes();
        for (int i = 0; i < 1_000; i++) {
            times.record(100_000_000, i);
        }
        for (int i = 0; i < 8_000; i++) {
            times.record(2_000_000_000, i);
        }
        assertThat(Duration.ofNanos(times.p99())).isBetween(Duration.ofSeconds(2), Duration.ofMillis(2_500));
        for (int i = 0; i < 800_000; i++) {
            times.record(100_000_000, i);
        }
        assertThat(Duration.ofNanos(times.p99())).isBetween(Duration.ofMillis(100), Duration.ofMillis(125));
    }
}
