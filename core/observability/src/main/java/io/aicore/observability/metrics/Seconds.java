package io.aicore.observability.metrics;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Durations in seconds, to the millisecond. */
final class Seconds {

    private static final int MILLISECONDS = 3;

    private Seconds() {}

    /** As in {@code 1.05}. */
    static @Nullable String number(@Nullable Duration duration) {
        return duration == null ? null : plain(duration);
    }

    /** As a number of its own. */
    static double exact(Duration duration) {
        return duration.toNanos() / 1e9;
    }

    private static String plain(Duration duration) {
        BigDecimal seconds = BigDecimal.valueOf(duration.toNanos(), 9).setScale(MILLISECONDS, RoundingMode.HALF_UP);
        return seconds.signum() == 0 ? "0" : seconds.stripTrailingZeros().toPlainString();
    }
}
