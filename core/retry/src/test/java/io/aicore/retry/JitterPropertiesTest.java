package io.aicore.retry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;

/** The bounds of every kind of jitter, whatever the settings and the draw. */
class JitterPropertiesTest {

    private static final long YEAR = 365L * 24 * 3600 * 1_000_000_000;

    @Property
    void noneIsTheNominalDelay(@ForAll("settings") Settings s) {
        assertThat(s.delay(Jitter.none())).isEqualTo(s.nominal());
    }

    @Property
    void fullIsBetweenZeroAndTheNominalDelay(@ForAll("settings") Settings s) {
        assertThat(s.delay(Jitter.full())).isBetween(Duration.ZERO, s.nominal());
    }

    @Property
    void equalIsBetweenHalfAndTheWholeNominalDelay(@ForAll("settings") Settings s) {
        assertThat(s.delay(Jitter.equal())).isBetween(s.nominal().dividedBy(2), s.nominal());
    }

    @Property
    void proportionalStaysWithinItsFraction(
            @ForAll("settings") Settings s, @ForAll @DoubleRange(min = 0, max = 1) double fraction) {
        long nominal = s.nominal().toNanos();
        double width = nominal * (fraction + 1e-9) + 1;
        assertThat((double) s.delay(Jitter.proportional(fraction)).toNanos())
                .isBetween(nominal - width, nominal + width);
    }

    @Property
    void decorrelatedIsBetweenTheBaseAndThreeTimesThePreviousDelayOrTheCap(@ForAll("settings") Settings s) {
        Duration widest = s.previous().multipliedBy(3);
        Duration upper = widest.compareTo(s.cap()) < 0 ? widest : s.cap();
        assertThat(s.delay(Jitter.decorrelated()))
                .isBetween(s.base(), upper.compareTo(s.base()) < 0 ? s.base() : upper);
    }

    @Property
    void nominalDelaysNeverShrinkAndNeverPassTheCap(@ForAll("settings") Settings s) {
        Backoff backoff = s.backoff(Jitter.none());
        assertThat(backoff.nominal(s.retry() + 1)).isBetween(backoff.nominal(s.retry()), s.cap());
    }

    @Provide
    Arbitrary<Settings> settings() {
        Arbitrary<Long> nanos = Arbitraries.longs().between(0, YEAR);
        return Combinators.combine(
                        nanos,
                        nanos,
                        Arbitraries.doubles().between(1, 100),
                        Arbitraries.integers().between(1, 20_000),
                        nanos,
                        Arbitraries.doubles().between(0, 1))
                .as((one, other, factor, retry, previous, chance) ->
                        new Settings(Math.min(one, other), Math.max(one, other), factor, retry, previous, chance));
    }

    record Settings(long baseNanos, long capNanos, double factor, int retry, long previousNanos, double chance) {
        Duration base() {
            return Duration.ofNanos(baseNanos);
        }

        Duration cap() {
            return Duration.ofNanos(capNanos);
        }

        Duration previous() {
            return Duration.ofNanos(previousNanos);
        }

        Backoff backoff(Jitter jitter) {
            return new Backoff(base(), cap(), factor, jitter);
        }

        Duration nominal() {
            return backoff(Jitter.none()).nominal(retry);
        }

        Duration delay(Jitter jitter) {
            return backoff(jitter).delay(retry, previous(), () -> chance);
        }
    }
}
