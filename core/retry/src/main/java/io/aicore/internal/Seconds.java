package io.aicore.internal;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;

/** Durations in seconds; as text to the millisecond, rounded up: a wait that is not over is not {@code 0 s}. */
public final class Seconds {

    private Seconds() {}

    /** As in {@code 1 s} and {@code 0.25 s}. */
    public static String text(Duration duration) {
        return plain(duration) + " s";
    }

    /** As in {@code 1} and {@code 0.25}. */
    public static String plain(Duration duration) {
        BigDecimal seconds = BigDecimal.valueOf(duration.getSeconds()).add(BigDecimal.valueOf(duration.getNano(), 9));
        BigDecimal rounded = seconds.setScale(3, RoundingMode.CEILING);
        return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
    }

    /** As a number, to the nanosecond. */
    public static double exact(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
