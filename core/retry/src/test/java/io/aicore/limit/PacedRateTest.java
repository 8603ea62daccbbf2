package io.aicore.limit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** How the pace falls with refusals and comes back. */
class PacedRateTest {

    private static final long SECOND = 1_000_000_000L;

    private final PacedRate rate = new PacedRate();

    @Test
    void aCollapseOverSeveralEpisodesGoesBackToTheRateBeforeIt() {
        rate.refused(0, 50, 10, true);
        rate.refused(2 * SECOND, 6, 10, true);
        rate.refused(4 * SECOND, 0, 10, true);
        assertThat(rate.perSecond()).isEqualTo(1);
        for (int i = 0; i < 7; i++) {
            rate.accepted(5 * SECOND, 1);
        }
        assertThat(rate.perSecond()).isBetween(40.0, 43.0);
    }

    @Test
    void asManyRefusalsOfOneEpisodeLowerItByWhatTheyShowTogether() {
        for (int refused = 1; refused <= 20; refused++) {
            rate.refused(refused, 100 - refused, 10, true);
        }
        assertThat(rate.perSecond()).isEqualTo(0.85 * 80);
    }

    @Test
    void whoLooksAgainDoesSoOnceASecondAndLaterLess() {
        for (int i = 0; i < 16; i++) {
            rate.refused(2L * i * SECOND, 0, 10, true);
            assertThat(rate.perSecond()).isEqualTo(1);
        }
        for (int i = 16; i < 20; i++) {
            rate.refused(2L * i * SECOND, 0, 10, true);
        }
        assertThat(rate.perSecond()).isEqualTo(PacedRate.LOWEST);
    }

    @Test
    void itGrowsWithinSecondsToFourTimesTheRateBeforeAndThenSlowly() {
        rate.refused(0, 50, 10, true);
        grow(20);
        assertThat(rate.perSecond()).isBetween(200.0, 200 * Math.pow(1.03, 20));
        grow(40);
        assertThat(rate.perSecond()).isBetween(400.0, 200 * Math.pow(1.03, 40));
    }

    @Test
    void afterAllWasRefusedItIsSoonAtTheRateThatWasKnownAndForLongHardlyAboveIt() {
        rate.known(50);
        rate.refused(0, 48, 10, false);
        rate.refused(2 * SECOND, -1, 10, true);
        rate.refused(4 * SECOND, 0, 10, true);
        assertThat(rate.perSecond()).isLessThanOrEqualTo(2);
        assertThat(rate.predicted(4 * SECOND)).isEqualTo(1.6 * 50);
        for (int i = 0; i < 4; i++) {
            rate.accepted(5 * SECOND, 1_000);
        }
        assertThat(rate.perSecond()).isBetween(48.0, 50.0);
        rate.accepted(40 * SECOND, 1_000);
        assertThat(rate.perSecond()).isEqualTo(1.6 * 50);
        rate.accepted(70 * SECOND, 1_000);
        assertThat(rate.perSecond()).as("whoever needs more gets it in the end").isGreaterThan(1.8 * 50);
    }

    @Test
    void howeverOftenItFellTheKnownRateIsWhereItGrowsTo() {
        rate.known(50);
        for (int round = 0; round < 20; round++) {
            double accepted = round == 0 ? 40 : 0.7 * rate.perSecond();
            rate.refused(2L * round * SECOND, accepted, 10, false);
            rate.known(1);
            rate.accepted((2L * round + 1) * SECOND, 50);
        }
        assertThat(rate.perSecond()).isLessThan(10);
        for (int second = 41; second < 70; second++) {
            rate.accepted(second * SECOND, 50);
        }
        assertThat(rate.perSecond()).isBetween(50.0, 1.6 * 50);
    }

    @Test
    void whatWasKnownEndsWithTheLimit() {
        rate.known(50);
        rate.refused(0, 48, 10, false);
        rate.off();
        rate.refused(100 * SECOND, 5, 10, false);
        for (int second = 101; second < 130; second++) {
            rate.accepted(second * SECOND, 1_000);
        }
        assertThat(rate.perSecond()).as("four times the 10 to begin with").isBetween(40.0, 90.0);
    }

    @Test
    void whileRefusalsComeAndGoTheRateBeforeThemIsWhatIsToBeExpected() {
        rate.refused(0, 50, 10, true);
        assertThat(rate.predicted(SECOND)).isEqualTo(50);
        assertThat(rate.predicted(6 * SECOND)).isEqualTo(rate.perSecond());
    }

    private void grow(int until) {
        for (int second = 1; second <= until; second++) {
            rate.accepted(second * SECOND, 1_000);
        }
    }

    @Test
    void firstAttemptsLookAFewAtATimeAndNoLessOftenUntilARetryIsRefused() {
        for (int i = 0; i < 40; i++) {
            refused(i, false);
            assertThat(goAt(i)).isEqualTo(3);
        }
        refused(40, true);
        assertThat(goAt(40)).isEqualTo(1);
    }

    private void refused(int round, boolean retry) {
        rate.refused(2L * round * SECOND, 0, 10, retry);
        rate.from((2L * round + 1) * SECOND);
    }

    private int goAt(int round) {
        long now = (2L * round + 1) * SECOND;
        int gone = 0;
        while (rate.untilNext(now) == 0) {
            rate.take();
            gone++;
        }
        return gone;
    }
}
