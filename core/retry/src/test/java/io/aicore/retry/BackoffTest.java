package io.aicore.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class BackoffTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration CAP = Duration.ofSeconds(10);

    @Test
    void nominalDelaysDoubleUpToTheCap() {
        Backoff backoff = RetrySettings.defaults().backoff();
        assertThat(IntStream.rangeClosed(1, 6).mapToObj(n -> backoff.nominal(n).toSeconds()))
                .containsExactly(1L, 2L, 4L, 8L, 10L, 10L);
    }

    @Test
    void theTenThousandthRetryWaitsTheCap() {
        assertThat(RetrySettings.defaults().backoff().nominal(10_000)).isEqualTo(CAP);
        assertThat(new Backoff(Duration.ZERO, CAP, 2, Jitter.none()).nominal(10_000))
                .isZero();
    }

    static Stream<Jitter> spreading() {
        return Stream.of(Jitter.full(), Jitter.equal(), Jitter.decorrelated(), Jitter.proportional(0.25));
    }

    @ParameterizedTest
    @MethodSource("spreading")
    void drawsAtTheCapDoNotCollapseOnOneInstant(Jitter jitter) {
        SplittableRandom random = new SplittableRandom(7);
        Backoff backoff = new Backoff(SECOND, CAP, 2, jitter);
        long distinct = IntStream.range(0, 1000)
                .mapToObj(i -> backoff.delay(50, CAP, random::nextDouble))
                .distinct()
                .count();
        assertThat(distinct).isGreaterThan(990);
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, -3, 0})
    void chanceOutOfItsRangeCountsAsItsLowerEnd(double wild) {
        assertThat(new Backoff(SECOND, CAP, 2, Jitter.equal()).delay(1, SECOND, () -> wild))
                .isEqualTo(Duration.ofMillis(500));
    }

    @Test
    void chanceAboveOneCountsAsOne() {
        assertThat(new Backoff(SECOND, CAP, 2, Jitter.full()).delay(1, SECOND, () -> 7))
                .isEqualTo(SECOND);
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "full", "equal", "decorrelated", "proportional:0.25", "proportional:0.3"})
    void aJitterIsReadAsItIsWritten(String text) {
        assertThat(Jitter.parse(text)).hasToString(text);
    }

    @Test
    void proportionalAloneIsAQuarter() {
        assertThat(Jitter.parse(" Proportional ")).isEqualTo(Jitter.proportional(0.25));
    }

    @ParameterizedTest
    @ValueSource(strings = {"some", "proportional:", "proportional:2", "proportional:NaN", "proportional:x", ""})
    void anUnknownJitterIsNamedWithTheKnownOnes(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Jitter.parse(text))
                .withMessageStartingWith("jitter: '" + text + "' (expected: none, full, equal, decorrelated,");
    }
}
