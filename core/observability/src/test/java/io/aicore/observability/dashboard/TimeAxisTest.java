package io.aicore.observability.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class TimeAxisTest {

    private static TimeAxis spans(Instant from, Duration length) {
        return TimeAxis.of(new Parameters.Range(from, from.plus(length)));
    }

    @Test
    void widthsAreThoseAPersonWouldChoose() {
        Instant noon = Instant.parse("2026-11-23T12:00:00Z");
        assertThat(spans(noon, Duration.ofMinutes(15)).width()).isEqualTo(10);
        assertThat(spans(noon, Duration.ofHours(1)).width()).isEqualTo(30);
        assertThat(spans(noon, Duration.ofDays(1)).width()).isEqualTo(600);
        assertThat(spans(noon, Duration.ofDays(30)).width()).isEqualTo(21_600);
    }

    @Property
    void theyHoldTheWholeRangeAndAreNotTooMany(
            @ForAll @LongRange(min = 0, max = 4_000_000_000L) long from,
            @ForAll @LongRange(min = 1, max = 316_000_000_000L) long millis) {
        Instant begin = Instant.ofEpochSecond(from);
        Instant end = begin.plusMillis(millis);
        TimeAxis spans = TimeAxis.of(new Parameters.Range(begin, end));

        assertThat(spans.count()).isBetween(1, 162);
        assertThat(spans.first()).isLessThanOrEqualTo(from);
        assertThat(spans.index(begin)).isZero();
        assertThat(spans.index(end.minusNanos(1))).isEqualTo(spans.count() - 1);
        assertThat(spans.starts()).hasSize(spans.count());
    }
}
