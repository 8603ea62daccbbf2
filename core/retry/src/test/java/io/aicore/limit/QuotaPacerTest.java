package io.aicore.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.limit.RateReport.Quota;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Whether attempts wait for a reset, or only until a limit that refills continuously has room for them. */
class QuotaPacerTest {

    private static final long LIMIT = 60_000;
    private static final long SECOND = 1_000_000_000L;

    private final QuotaPacer tokens = new QuotaPacer();

    /** An attempt of this cost is sent and answered at once. */
    private void report(long second, long cost, long remaining, long reset) {
        long mark = tokens.sent(second * SECOND, cost);
        tokens.report(second * SECOND, mark, new Quota(LIMIT, remaining, Duration.ofSeconds(reset)));
    }

    private long untilRoom(long second, long cost) {
        return tokens.until(second * SECOND, cost) - second * SECOND;
    }

    @Test
    void aWindowIsWaitedFor() {
        report(0, 30_000, 30_000, 50);
        report(1, 20_000, 10_000, 49);
        assertThat(untilRoom(1, 12_000)).isEqualTo(49 * SECOND);
        report(2, 9_000, 1_000, 48);
        assertThat(untilRoom(2, 12_000)).isEqualTo(48 * SECOND);
    }

    @Test
    void whereTheResetMovesOnWithUseItIsTheRoomThatIsWaitedFor() {
        report(0, 30_000, 30_000, 30);
        report(1, 21_000, 10_000, 50);
        assertThat(untilRoom(1, 12_000)).as("1,000 a second come back").isEqualTo(2 * SECOND);
        assertThat(untilRoom(3, 12_000)).isZero();
        tokens.sent(3 * SECOND, 12_000);
        assertThat(untilRoom(3, 12_000)).isEqualTo(12 * SECOND);
        assertThat(tokens.isFree(20 * SECOND, 12_000)).as("5,000 would be left").isFalse();
        assertThat(tokens.isFree(20 * SECOND, 10_000)).isTrue();
        assertThat(tokens.remaining(20 * SECOND)).isEqualTo(17_000);
    }

    @Test
    void whatRemainsGoesSpreadAtTheRateOfTheRefill() {
        report(0, 30_000, 30_000, 30);
        report(1, 26_000, 5_000, 55);
        assertThat(untilRoom(1, 2_000)).isEqualTo(2 * SECOND);
        assertThat(untilRoom(3, 2_000)).isZero();
    }

    @Test
    void aNewWindowAndTimesInWholeSecondsAreNoRefill() {
        report(0, 10_000, 50_000, 10);
        report(11, 20_000, 40_000, 60);
        report(12, 35_000, 5_000, 60);
        assertThat(untilRoom(12, 12_000)).isEqualTo(60 * SECOND);
    }

    @Test
    void aRefillThatWasAnErrorIsForgottenWithTheNextUseOfAWindow() {
        report(0, 10_000, 50_000, 10);
        report(1, 20_000, 40_000, 50);
        report(2, 35_000, 5_000, 49);
        assertThat(untilRoom(2, 12_000)).isEqualTo(49 * SECOND);
    }

    @Test
    void oneReportIsNoProofOfARefill() {
        report(0, 60_000, 0, 3);
        assertThat(untilRoom(0, 1)).isEqualTo(3 * SECOND);
    }
}
