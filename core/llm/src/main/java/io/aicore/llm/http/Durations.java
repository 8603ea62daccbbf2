package io.aicore.llm.http;

import java.time.Duration;

/** Durations for timers and for readers. */
final class Durations {

    private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);

    private Durations() {}

    /** In nanoseconds; what is longer than 292 years is 292 years. */
    static long nanos(Duration duration) {
        return duration.compareTo(LONGEST) < 0 ? duration.toNanos() : Long.MAX_VALUE;
    }

    /** As in {@code 10 s} and {@code 250 ms}. */
    static String text(Duration duration) {
        long millis = nanos(duration) / 1_000_000;
        return millis % 1_000 == 0 ? millis / 1_000 + " s" : millis + " ms";
    }
}
