package io.aicore.llm.http;

import java.time.Duration;

/** Durations for timers and for readers. */
final class Durations {

    private static final Duration LONGEST = Duration.ofDays(36_500);

    private Durations() {}

    /** In nanoseconds, at most a century, so that additions do not overflow. */
    static long nanos(Duration duration) {
        return (duration.compareTo(LONGEST) < 0 ? duration : LONGEST).toNanos();
    }

    /** Formats like {@code 10 s} and {@code 250 ms}. */
    static String text(Duration duration) {
        long millis = nanos(duration) / 1_000_000;
        return millis % 1_000 == 0 ? millis / 1_000 + " s" : millis + " ms";
    }
}
