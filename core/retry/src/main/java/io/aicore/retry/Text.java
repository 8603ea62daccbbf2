package io.aicore.retry;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;

/** Formatting for reasons and messages. */
final class Text {

    private Text() {}

    /** Seconds with at most three decimals: {@code 1 s}, {@code 0.25 s}. */
    static String seconds(Duration duration) {
        return plain(duration) + " s";
    }

    static String plain(Duration duration) {
        BigDecimal seconds = BigDecimal.valueOf(duration.getSeconds()).add(BigDecimal.valueOf(duration.getNano(), 9));
        BigDecimal rounded = seconds.setScale(3, RoundingMode.HALF_UP).stripTrailingZeros();
        return rounded.signum() == 0 ? "0" : rounded.toPlainString();
    }

    static String count(int number, String singular, String plural) {
        return number + " " + (number == 1 ? singular : plural);
    }

    static String name(Throwable error) {
        String simple = error.getClass().getSimpleName();
        return simple.isEmpty() ? error.getClass().getName() : simple;
    }
}
