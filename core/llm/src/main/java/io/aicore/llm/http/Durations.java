package io.aicore.llm.http;

import java.time.Duration;

/** Durations for timers and for readers. */
final class Durations {

    private static final Duration LONGEST = Duration.ofDays(36_500);

    private Durations() {}

    /** In nanoseconds; what is longer than a century is a century, so that adding to it does not overflow. */
    static long nanos(Duration duration) {
        return (duration.compareTo(LONGEST) < 0 ? duration : LONGEST).toNanos();
    }

    /** As in {@code 10 s} and {@code 250 ms}. */
    static String text(Duration duration) {
        long millis = nanos(duration) / 1_000_000;
        return millis % 1_000 == 0 ? millis / 1_000 + " s" : millis + " ms";
    }
}
