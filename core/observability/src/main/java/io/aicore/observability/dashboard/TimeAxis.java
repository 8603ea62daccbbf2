package io.aicore.observability.dashboard;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/**
 * The buckets of a timeline: as many as a chart can show, of a round width.
 *
 * @param first start of the first bucket
 */
record TimeAxis(long first, long width, int count) {

    private static final int MOST = 160;
    private static final long DAY = 86_400;
    private static final long[] WIDTHS = {
        1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 10_800, 21_600, 43_200, DAY, 2 * DAY, 7 * DAY
    };

    static TimeAxis of(Parameters.Range range) {
        long seconds = Duration.between(range.from(), range.to()).toSeconds();
        long least = Math.max(1, (seconds + MOST - 1) / MOST);
        long width =
                LongStream.of(WIDTHS).filter(each -> each >= least).findFirst().orElse((least + DAY - 1) / DAY * DAY);
        long first = range.from().getEpochSecond() / width;
        long last = range.to().minusNanos(1).getEpochSecond() / width;
        return new TimeAxis(first * width, width, (int) (last - first) + 1);
    }

    Duration duration() {
        return Duration.ofSeconds(width);
    }

    int index(Instant start) {
        return (int) ((start.getEpochSecond() - first) / width);
    }

    List<Long> starts() {
        List<Long> starts = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            starts.add(first + i * width);
        }
        return starts;
    }
}
