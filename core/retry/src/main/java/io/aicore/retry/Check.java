package io.aicore.retry;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Validates arguments; the message has the name, the value and the expected range. */
final class Check {

    /** Longest duration a setting accepts: a longer one is a mistaken unit, and nanoseconds stay far from overflow. */
    static final Duration LONGEST = Duration.ofDays(365);

    private Check() {}

    static IllegalArgumentException wrong(String name, @Nullable Object value, String expected) {
        return new IllegalArgumentException(name + ": " + value + " (expected: " + expected + ")");
    }

    static void that(boolean holds, String name, @Nullable Object value, String expected) {
        if (!holds) {
            throw wrong(name, value, expected);
        }
    }

    static void span(Duration value, String name) {
        that(!value.isNegative() && value.compareTo(LONGEST) <= 0, name, value, "0 to 365 days");
    }
}
